import type { FindingRow, ScenarioRow } from '@holdfast/audit';

/** The scenario of a message apart, and each loss that it tells on its own line. */
export function messageParts(
  { message }: Pick<FindingRow, 'message'>,
  scenario: ScenarioRow | undefined,
): { readonly lead: string; readonly lines: readonly string[] } {
  const lead = scenario && message.startsWith(`${scenario.name}. `) ? scenario.name : '';
  const rest = lead === '' ? message : message.slice(lead.length + 2);
  return {
    lead,
    lines: lead === '' ? [rest] : rest.split(/; (?=\d\d:\d\d)/u).map((line) => line.replace(/\.$/u, '')),
  };
}
