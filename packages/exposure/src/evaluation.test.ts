import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reviewOf, type Advisory } from './advisory/advisory.ts';
import { readAdvisory } from './advisory/read-advisory.ts';
import { Matcher } from './match/match-devices.ts';

/*
 * Cases from real advisories, kept as ids, versions and verdicts: fixtures/evaluation.tsv. The advisories themselves belong to others
 * and lie beside the project.
 */
const data = join(import.meta.dirname, '../../../../shared/data');
const folders = ['csaf', 'cve5'].map((each) => join(data, each));
const isThere = folders.every(existsSync);
if (!isThere) console.log(`evaluation: skipped, there are no advisories at ${data}`);

interface Case {
  readonly advisory: string;
  readonly cve: string;
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string;
  readonly verdict: string;
  readonly why: string;
}

const cases: readonly Case[] = readFileSync(join(import.meta.dirname, '../fixtures/evaluation.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [advisory = '', cve = '', vendor = '', model = '', firmware = '', verdict = '', why = ''] =
      line.split('\t');
    return { advisory, cve, vendor, model, firmware, verdict, why };
  });

function advisories(): readonly Advisory[] {
  return folders.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => {
      const read = readAdvisory({ name, text: readFileSync(join(folder, name), 'utf8') });
      if (read.kind === 'error') throw new TypeError(`${name}: ${read.error[0]?.message ?? ''}`);
      return read.value.kind === 'advisory' ? [read.value.advisory] : [];
    }),
  );
}

const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} %`;

describe.runIf(isThere)('real advisories', () => {
  const all = isThere ? advisories() : [];

  it('have their products parsed, or listed for review', () => {
    const entries = all.flatMap((each) => each.entries.filter(({ authority }) => authority !== 'title'));
    const review = entries.filter((each) => reviewOf(each) !== undefined);
    console.log(
      `advisories: ${all.length}, products: ${entries.length}, parsed ${percent(entries.length - review.length, entries.length)}, listed for review: ${review.length}`,
    );
    const inCsaf = all
      .filter(({ kind }) => kind === 'csaf')
      .flatMap(({ entries: own }) => own.filter(({ authority }) => authority !== 'title'));
    expect(inCsaf.filter((each) => reviewOf(each) !== undefined).length / inCsaf.length).toBeLessThan(0.03);
  });

  it('are judged as their texts say', () => {
    const matcher = new Matcher(all);
    const judged = cases.map((each) => ({
      ...each,
      found: matcher.match(each).find(({ advisory, cve }) => advisory === each.advisory && cve === each.cve)
        ?.verdict,
    }));
    const count = (test: (each: (typeof judged)[number]) => boolean): number => judged.filter(test).length;
    const [affected, claimed] = [
      count((each) => each.verdict === 'affected'),
      count((each) => each.found === 'affected'),
    ];
    const right = count((each) => each.verdict === 'affected' && each.found === 'affected');
    const clear = judged.filter((each) => each.verdict !== 'needs_review');
    const reviewed = clear.filter((each) => each.found === 'needs_review').length;
    const open = judged.filter((each) => each.verdict === 'needs_review');
    const cleared = open.filter((each) => each.found === 'not_affected' || each.found === undefined);
    console.log(
      `evaluation: ${judged.length} cases, recall ${percent(right, affected)}, precision ${percent(right, claimed)}, ` +
        `review of clear ones ${percent(reviewed, clear.length)}, contradictory or open: ${open.length}, of them cleared: ${cleared.length}`,
    );
    for (const each of judged.filter(({ verdict, found }) => verdict !== found))
      console.log(
        `  ${each.advisory} ${each.vendor} ${each.model} ${each.firmware}: ${each.verdict} (${each.why}), found ${each.found ?? 'nothing'}`,
      );
    expect(judged.length).toBeGreaterThanOrEqual(150);
    expect(right / affected).toBeGreaterThanOrEqual(0.98);
    expect(right / claimed).toBeGreaterThanOrEqual(0.97);
    expect(reviewed / clear.length).toBeLessThanOrEqual(0.1);
    expect(cleared).toEqual([]);
  });
});
