import { describe, expect, it } from 'vitest';
import { branchDocument, hostileNames, portfolio, renamed } from '../../fixtures/documents.ts';
import { columnsOf } from './columns.ts';
import { outageText } from './outage-text.ts';

const document = branchDocument();
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '');

describe('one scenario for a terminal', () => {
  it('tells the whole story, every change, every door and every order, in every width', () => {
    for (const scenario of document.scenarios) {
      for (const width of [40, 110]) {
        const text = outageText(scenario, document, { width, colour: false });
        const all = squeezed(text);
        for (const line of scenario.story) expect(all).toContain(squeezed(line.text));
        for (const { place } of scenario.changes)
          expect(all).toContain(squeezed(document.places.find(({ id }) => id === place)?.name ?? '?'));
        for (const { states } of scenario.doors)
          for (const [, state] of states.filter(() => states.some(([, each]) => each !== 'under control')))
            expect(text).toContain(`${state}: `);
        expect(text.includes('Where guards go')).toBe(
          scenario.guards.orders.length + scenario.guards.unmet.length > 0,
        );
        expect(text.split('\n').filter((line) => columnsOf(line) > width)).toEqual([]);
      }
    }
  });

  it('says the exact times in words beside a bar', () => {
    const scenario = document.scenarios.find(({ key }) => key === 'fault:identity');
    if (!scenario) throw new Error('no scenario');
    const text = outageText(scenario, document, { width: 110, colour: false });
    expect(text).toMatch(/Live view\s+\.{4}#{12}\.{8} holds to 09:00, fails to 12:00, then holds/u);
  });

  it('tells of a scenario that changes nothing', () => {
    const scenario = document.scenarios.find(({ changes }) => changes.length === 0);
    if (!scenario) throw new Error('no scenario');
    expect(outageText(scenario, document, { width: 80, colour: false })).toContain(
      'No place fares otherwise than without the fault.',
    );
  });

  it('folds a large estate, and lets no name write escapes', () => {
    const large = portfolio(4, 20);
    const scenario = large.scenarios.find(({ key }) => key === 'none');
    if (!scenario) throw new Error('no scenario');
    expect(outageText(scenario, large, { width: 100, colour: false })).toMatch(/and \d+ more alike/u);
    const [, hostile] = renamed(document, hostileNames).scenarios;
    if (!hostile) throw new Error('no scenario');
    expect(outageText(hostile, renamed(document, hostileNames), { width: 100, colour: false })).not.toMatch(
      /\u202e|(?!\n)\p{Cc}/u,
    );
  });
});
