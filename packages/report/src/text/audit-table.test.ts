import { describe, expect, it } from 'vitest';
import { branchDocument, hostileNames, portfolio, renamed } from '../../fixtures/documents.ts';
import { visibleText } from '../reading/visible-text.ts';
import { auditTable } from './audit-table.ts';
import { columnsOf } from './columns.ts';

const document = branchDocument();
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '');
// oxlint-disable-next-line no-control-regex -- what colours are made of
const withoutColours = (text: string): string => text.replaceAll(/\u001b\[\d+m/gu, '');

describe('the table', () => {
  it('begins with the answer', () => {
    const [first, second] = auditTable(document, { width: 200, colour: false }).split('\n');
    expect(first).toBe('Moosbach branch');
    expect(second).toMatch(/^No cloud at all for 4 hours: doors weaken at once/u);
  });

  it('has every finding with its severity, in every width', () => {
    for (const width of [40, 80, 120]) {
      const text = auditTable(document, { width, colour: false });
      const all = squeezed(text);
      for (const { id, at, verdict, severity } of document.findings) {
        expect(all).toContain(`${severity}${verdict === 'unknown' ? '?' : ''}${id}`);
        expect(text).toContain(at ? `${at.file}:${at.line}:${at.column}` : id);
      }
      expect(text.split('\n').filter((line) => columnsOf(line) > width)).toEqual([]);
    }
  });

  it('names the first questions, and whom to ask', () => {
    const text = squeezed(auditTable(document, { width: 100, colour: false }));
    for (const { what, whom } of document.questions.slice(0, 5))
      expect(text).toContain(squeezed(`${what}: ask ${whom ?? 'whoever installed it'}`));
  });

  it('says the same with colours and without', () => {
    const coloured = auditTable(document, { width: 100, colour: true });
    expect(coloured).toContain('\u001b[');
    expect(withoutColours(coloured)).toBe(auditTable(document, { width: 100, colour: false }));
  });

  it('lets no name write escapes', () => {
    const text = auditTable(renamed(document, hostileNames), { width: 100, colour: true });
    expect(withoutColours(text)).not.toMatch(/\u202e|(?!\n)\p{Cc}/u);
    expect(squeezed(text)).toContain(squeezed(visibleText(hostileNames['Moosbach branch'])));
  });

  it('says that nothing was found, and names many sites in short', () => {
    expect(auditTable({ ...document, findings: [], questions: [] }, { width: 80, colour: false })).toContain(
      'Nothing was found.',
    );
    expect(auditTable(portfolio(10, 1), { width: 80, colour: false })).toMatch(
      /^10 sites: Branch 0, .*\.\.\.$/mu,
    );
  });
});
