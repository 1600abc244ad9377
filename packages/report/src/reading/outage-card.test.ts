import { describe, expect, it } from 'vitest';
import { branchDocument } from '../../fixtures/documents.ts';
import { foldFindings } from './alike-findings.ts';
import { classCells } from './class-rows.ts';
import { outageCards } from './outage-card.ts';
import { PlaceReader } from './place-reading.ts';
import { rank, worstFirst } from './ranking.ts';
import { remediesOf } from './remedies.ts';

const document = branchDocument();
const reader = new PlaceReader(document);
const cards = outageCards(document, reader);
const scenarioOf = (key: string) => {
  const found = document.scenarios.find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('an outage card', () => {
  it('is made of the worst scenarios, each doing something else', () => {
    const ranking = rank(document);
    const weights = cards.map(({ scenario }) => ranking.scenario(scenario.key));
    expect(cards).toHaveLength(4);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    const mains = cards.find(({ scenario }) => scenario.name === 'Power: House feed down');
    expect(mains?.same.map(({ name }) => name)).toContain('Power loss: the mains of Moosbach branch');
  });

  it('says who goes where, and whom to call in which order, with their numbers', () => {
    const [card] = cards;
    expect(card?.orders.map(({ post, place }) => `${post} ${place}`)).toEqual([
      'reception vault-door',
      'patrol back-door',
    ]);
    expect(card?.unmet.map(({ place }) => place)).toEqual(['front-door']);
    expect(card?.calls.map(({ name, phone }) => [name, phone])).toEqual([
      ['Maria Auer', '0100 555 0101'],
      ['Moosbach power company', undefined],
      ['Wachhaus', '0100 555 0199'],
      ['Kestrel Sicherheitstechnik', '0100 555 0160'],
      ['Funkwerk Lindtal', undefined],
    ]);
  });

  it('tells times on the clock of its site', () => {
    const here = document.estate.sites.map((site) => ({ ...site, timeZone: 'America/New_York' }));
    const [card] = outageCards({ ...document, estate: { ...document.estate, sites: here } }, reader);
    expect(card?.clock.time(0)).toBe('02:00');
    expect(card?.clock.since(90 * 60_000)).toBe('+1h30m');
  });
});

describe('ranking', () => {
  it('puts what people know by name before single devices that weigh the same', () => {
    const equal = worstFirst(document.scenarios, () => 1).map(({ kind }) => kind);
    expect(equal[0]).toBe('own');
    expect(equal.indexOf('internet')).toBeLessThan(equal.indexOf('network'));
  });

  it('weighs what fails more than what is unknown', () => {
    const [finding] = document.findings;
    if (!finding) throw new Error('no finding');
    const weigh = (verdict: 'fails' | 'unknown') =>
      rank({ ...document, findings: [{ ...finding, verdict }] }).site(finding.site);
    expect(weigh('fails')).toBeGreaterThan(weigh('unknown'));
  });
});

describe('what to do first', () => {
  it('begins with what cannot be accepted, then with what mends most, and leaves out what is only unknown', () => {
    const [finding] = document.findings;
    if (!finding) throw new Error('no finding');
    const lock = {
      ...finding,
      id: 'OUT-LIFE-SAFETY',
      acceptable: false,
      severity: 'low',
      verdict: 'fails',
    } as const;
    expect(remediesOf({ findings: [...document.findings, lock] })[0]?.acceptable).toBe(false);
    expect(
      remediesOf({ findings: document.findings.filter(({ verdict }) => verdict === 'unknown') }),
    ).toEqual([]);
    expect(remediesOf(document)[0]).toMatchObject({ id: 'OUT-CLOUD-DEP', findings: 24, critical: 7 });
  });
});

describe('findings alike', () => {
  it('are one, of scenarios that do the same and of things of one kind', () => {
    const scenarios = new Map(document.scenarios.map((each) => [each.key, each]));
    const cloud = document.findings.filter(({ id }) => id === 'OUT-CLOUD-DEP');
    const folded = foldFindings(cloud, scenarios, (id) => id);
    expect(folded.length).toBeLessThan(cloud.length);
    expect(
      folded.flatMap(({ all }) => all).toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
    ).toEqual(cloud.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)));
    const battery = document.findings.find(({ id }) => id === 'OUT-BATT');
    if (!battery) throw new Error('no battery');
    const forty = Array.from({ length: 40 }, (_, index) => ({
      ...battery,
      subject: `ups-${index}`,
      places: [`ups-${index}`],
      message: `The battery of ups-${index} was tested on 2024-01-0${index % 9}.`,
    }));
    expect(foldFindings(forty, scenarios, (id) => id)).toHaveLength(1);
    expect(foldFindings(forty.slice(0, 3), scenarios, (id) => id)).toHaveLength(3);
  });
});

describe('a class of area', () => {
  it('counts its places over time, at the exact breakpoints', () => {
    const scenario = scenarioOf('fault:clouds');
    const views = reader.read(scenario).filter(({ place }) => place.kind === 'view');
    const [cameras] = classCells(views, scenario.horizon);
    expect(cameras).toMatchObject({ theme: 'Cameras', places: 5, worse: 5 });
    expect(cameras?.spans.map(({ from, value }) => [from, value.fails])).toEqual([
      [0, 0],
      [3_600_000, 5],
      [14_400_000, 0],
    ]);
  });
});
