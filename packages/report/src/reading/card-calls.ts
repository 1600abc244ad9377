import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { joinNames } from './names.ts';

/** Somebody to ring, and why. */
export interface CardCall {
  readonly name: string;
  readonly role?: string;
  /** Nobody has written one down where it is absent. */
  readonly phone?: string;
  readonly why: string;
}

const reasons = {
  security: 'decides what stays open, and who is sent',
  monitoring: 'watches this site from afar: tell that there is an outage',
  maintenance: 'maintains equipment of this site',
} as const;
const silent = 'watches this site from afar: alarms may not arrive there';

/** Whom to call and in which order: who decides, who can bring back what failed, who watches, who maintains. Each once. */
export function cardCalls(
  document: AuditDocument,
  site: AuditDocument['estate']['sites'][number],
  scenario: ScenarioRow,
  alarmsLost: boolean,
): readonly CardCall[] {
  const names = new Map(scenario.components.map(({ key, name }) => [key, name]));
  const mends = scenario.calls.map(({ party, about }) => ({
    party,
    why: `answers for ${joinNames(about.map((key) => names.get(key) ?? key))}`,
  }));
  const always = site.contacts.map(({ party, as }) => ({
    as,
    party,
    why: as === 'monitoring' && alarmsLost ? silent : reasons[as],
  }));
  const ordered = [
    ...always.filter(({ as }) => as === 'security'),
    ...mends,
    ...always.filter(({ as }) => as !== 'security'),
  ];
  const once = new Map<string, string>();
  for (const { party, why } of ordered) {
    const before = once.get(party);
    once.set(party, before === undefined ? why : `${before}; ${why}`);
  }
  return [...once].map(([party, why]) => {
    const { name = party, role, phone } = document.contacts[party] ?? {};
    return { name, why, ...(role === undefined ? {} : { role }), ...(phone === undefined ? {} : { phone }) };
  });
}
