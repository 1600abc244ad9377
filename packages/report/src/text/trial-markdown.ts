import { sayManaged, trialTable, type TrialDocument } from '@holdfast/audit';
import { md, mdCode, mdTable } from './markdown-text.ts';

/** What a product does when it is cut off, as Markdown: about, the table, and each claim with its source. */
export function trialMarkdown(trial: TrialDocument): string {
  const { profile, assumed, claims, scenarios } = trial;
  const { head, rows, notes } = trialTable(trial);
  const maker = [profile.vendor, profile.model].filter((each) => each !== undefined).join(' ');
  return [
    `# ${md(profile.name)}`,
    '',
    `${mdCode(profile.id)}, ${profile.class}${maker === '' ? '' : `, ${md(maker)}`}${profile.reviewed === undefined ? '' : `, read ${profile.reviewed}`}`,
    '',
    ...(profile.about === undefined ? [] : [md(profile.about), '']),
    `${md(sayManaged(trial))}.`,
    '',
    '## When it is cut off',
    '',
    ...mdTable(
      head.map(md),
      rows.map((row) => row.map(md)),
    ),
    '',
    ...notes.map(
      ({ letter, fact, text }) => `- **${letter}** ${mdCode(fact)}${text === '' ? '' : `: ${md(text)}`}`,
    ),
    ...(notes.length === 0 ? [] : ['']),
    `${assumed.map(md).join(' ')} ${scenarios
      .slice(1)
      .map(({ head: short, name }) => `*${md(short)}*: ${md(name)}.`)
      .join(' ')}`,
    '',
    '## Claims',
    '',
    ...mdTable(
      ['fact', 'value', 'basis', 'source', 'as of', 'note'],
      claims.map(({ fact, value, basis, source, asOf, note }) => [
        mdCode(fact),
        md(value),
        value === 'unknown' ? '' : basis,
        md(source ?? ''),
        asOf ?? '',
        md(note ?? ''),
      ]),
    ),
  ].join('\n');
}
