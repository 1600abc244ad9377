import { describe, expect, it } from 'vitest';
import { branchDocument } from '../../fixtures/documents.ts';
import { headlineScenario, readHeadline } from './headline.ts';
import { fareAt, PlaceReader } from './place-reading.ts';
import { ScenarioClock } from './scenario-clock.ts';
import { answerSentence, plainSentence, unknownSentence } from './sentences.ts';

const document = branchDocument();

describe('the answer', () => {
  it('is about no cloud, else no internet, else the scenario that hits the most', () => {
    expect(headlineScenario(document)?.key).toBe('fault:clouds');
    const without = (...keys: readonly string[]) => ({
      ...document,
      scenarios: document.scenarios.filter(({ key }) => !keys.includes(key)),
    });
    expect(headlineScenario(without('fault:clouds'))?.key).toBe('fault:internet');
    const worst = headlineScenario(without('fault:clouds', 'fault:internet'));
    expect(worst?.changes.length).toBe(Math.max(...document.scenarios.map(({ changes }) => changes.length)));
    expect(headlineScenario({ ...document, scenarios: [] })).toBeUndefined();
  });

  it('says when each theme gives way, and what holds', () => {
    const headline = readHeadline(document);
    const themes = headline?.themes ?? [];
    expect(themes.map(({ title, failsFrom }) => [title, failsFrom])).toEqual([
      ['Doors', 0],
      ['Cameras', 3_600_000],
      ['Alarms', undefined],
      ['Operators', 3_600_000],
    ]);
    const scenario = headline?.scenario ?? document.scenarios[0];
    if (!scenario) throw new Error('no scenario');
    const text = plainSentence(answerSentence(scenario, themes, new ScenarioClock(scenario)));
    expect(text).toBe(
      'No cloud at all for 4 hours: doors weaken at once and cameras and operators give way after 1 hour; alarms hold.',
    );
  });

  it('counts a doubt that begins only once the fault is over as recovery', () => {
    const doors = readHeadline(document)?.themes.find(({ title }) => title === 'Doors');
    const doubts = doors?.losses.filter(({ verdict, comfort }) => verdict === 'unknown' && !comfort) ?? [];
    expect(doubts.map(({ at }) => at)).toEqual([4 * 3_600_000]);
    expect(doors?.unknownFrom).toBeUndefined();
  });

  it('never tells an unknown as holding', () => {
    const alarms = readHeadline(document)?.themes.find(({ title }) => title === 'Alarms');
    const scenario = document.scenarios[1];
    if (!alarms || !scenario) throw new Error('no alarms');
    const open = { ...alarms, unknownFrom: 60_000 };
    expect(plainSentence(answerSentence(scenario, [open], new ScenarioClock(scenario)))).toContain(
      'of alarms nobody can tell',
    );
    expect(plainSentence(unknownSentence({ ...document, questions: [] }, []))).toContain(
      'No verdict hangs on a fact that is missing',
    );
  });
});

describe('PlaceReader', () => {
  const reader = new PlaceReader(document);
  const readingsOf = (key: string) => {
    const scenario = document.scenarios.find((each) => each.key === key);
    if (!scenario) throw new Error(key);
    return { scenario, readings: reader.read(scenario) };
  };

  it('reads every place of every scenario, with all of its capabilities, up to the horizon', () => {
    for (const scenario of document.scenarios) {
      const readings = reader.read(scenario);
      expect(readings.map(({ place }) => place.id)).toEqual(document.places.map(({ id }) => id));
      for (const { place, capabilities, spans } of readings) {
        expect(capabilities.map(({ name }) => name)).toEqual(place.capabilities.map(({ name }) => name));
        expect([spans[0]?.from, spans.at(-1)?.until]).toEqual([0, scenario.horizon]);
      }
    }
  });

  it('tells what the fault does from what fails anyway', () => {
    const { readings } = readingsOf('fault:clouds');
    const atm = readings.find(({ place }) => place.id === 'view-atm');
    expect(atm?.spans.map(({ value }) => value.fare)).toEqual(['anyway', 'fails', 'anyway']);
  });

  it('counts everything that fails where no fault is asked for', () => {
    const { readings } = readingsOf('none');
    expect(
      readings
        .find(({ place }) => place.id === 'view-atm')
        ?.spans.every(({ value }) => value.fare === 'fails'),
    ).toBe(true);
  });

  it('says both where one thing fails and another is unknown', () => {
    const [capability] = readingsOf('fault:clouds').readings[0]?.capabilities ?? [];
    if (!capability) throw new Error('no capability');
    const holds = [[0, 'holds']] as const;
    const fails = { ...capability, comfort: false, steps: [[0, 'fails']] as const, usual: holds };
    const unknown = { ...fails, steps: [[0, 'unknown']] as const };
    expect(fareAt([fails, unknown], 0)).toBe('mixed');
    expect(fareAt([unknown], 0)).toBe('unknown');
    expect(fareAt([{ ...unknown, comfort: true }], 0)).toBe('less');
    expect(fareAt([{ ...fails, usual: fails.steps }], 0)).toBe('anyway');
    expect(fareAt([{ ...fails, usual: fails.steps }], 0, false)).toBe('holds');
  });
});
