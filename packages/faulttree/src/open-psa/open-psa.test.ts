import { Dice, randomTree } from '@holdfast/testing';
import { describe, expect, it } from 'vitest';
import { cutsDocument, type CutsDocument } from '../answer/cuts-document.ts';
import type { FaultTree } from '../fault-tree.ts';
import { solve } from '../solve/solve.ts';
import { readOpenPsa, type OpenPsaOptions } from './read-open-psa.ts';
import { writeOpenPsa } from './write-open-psa.ts';

const model = (inside: string): string => `<?xml version="1.0"?>\n<opsa-mef>\n${inside}\n</opsa-mef>\n`;

const tree = (inside: string): string =>
  model(`<define-fault-tree name="FT">\n${inside}\n</define-fault-tree>`);

function read(text: string, options: OpenPsaOptions = {}): { tree: FaultTree; warnings: readonly string[] } {
  const found = readOpenPsa({ name: 'a.xml', text }, options);
  if (found.kind === 'error') throw new TypeError(JSON.stringify(found.error));
  return {
    tree: found.value.tree,
    warnings: found.value.warnings.map(({ code, at }) => `${code}@${at?.line}`),
  };
}

/** The codes and places of what ends the reading. */
function refused(text: string, options: OpenPsaOptions = {}): readonly string[] {
  const found = readOpenPsa({ name: 'a.xml', text }, options);
  if (found.kind === 'ok') throw new TypeError('it is read');
  for (const { hint } of found.error) expect(hint).toBeDefined();
  return found.error.map(({ code, at }) => `${code}@${at?.line}:${at?.column}`);
}

const cuts = (text: string, options: OpenPsaOptions = {}): CutsDocument =>
  cutsDocument(read(text, options).tree, solve(read(text, options).tree.graph), {
    list: 100,
    probability: true,
  });

const basic = (...names: readonly string[]): string =>
  names.map((name) => `<define-basic-event name="${name}"/>`).join('');

describe('readOpenPsa', () => {
  it('reads and, or, atleast, nested formulas, houses, constants and the three ways to name an event', () => {
    const found = cuts(
      tree(`<define-gate name="top"><label>all</label>
        <or>
          <atleast min="2"><event name="a"/><event name="b" type="basic-event"/><gate name="g"/></atleast>
          <and><house-event name="on"/><basic-event name="d"/><or><constant value="false"/><event name="e"/></or></and>
          <and><house-event name="off"/><basic-event name="d"/></and>
        </or>
      </define-gate>
      <define-gate name="g"><basic-event name="c"/></define-gate>
      <define-house-event name="on"><constant value="true"/></define-house-event>
      <define-house-event name="off"/>${basic('a', 'b', 'c', 'd', 'e')}`),
    );
    expect(found).toMatchObject({
      top: 'top',
      basicEvents: 5,
      gates: 2,
      minimalCutSets: '4',
      byOrder: { 2: '4' },
    });
    expect(found.sets?.map((set) => set.toSorted().join('')).toSorted()).toEqual(['ab', 'ac', 'bc', 'de']);
  });

  it('a cardinality without an upper end is an atleast', () => {
    const text = `<define-gate name="top"><cardinality min="2" max="3"><event name="a"/><event name="b"/><event name="c"/></cardinality></define-gate>${basic('a', 'b', 'c')}`;
    expect(cuts(tree(text)).byOrder).toEqual({ 2: '3' });
    expect(refused(tree(text.replace('max="3"', 'max="2"')))).toEqual(['gate-not-monotone@4:25']);
  });

  it('private names are known in their container, and by their path everywhere', () => {
    const found = cuts(
      model(`<define-fault-tree name="FT">
        <define-gate name="top"><or><gate name="A.g"/><gate name="FT.B.g"/><basic-event name="x"/></or></define-gate>
        <define-component name="A" role="private">
          <define-gate name="g"><basic-event name="x"/></define-gate>${basic('x')}
        </define-component>
        <define-component name="B">
          <define-gate name="g" role="private"><and><basic-event name="x"/><basic-event name="y"/></and></define-gate>${basic('y')}
        </define-component>
      </define-fault-tree>
      <model-data>${basic('x')}</model-data>`),
    );
    expect(found.sets).toEqual([['FT.A.x'], ['x']]);
  });

  it('a private name is not known outside its container', () => {
    const text = tree(
      `<define-gate name="top"><event name="x"/></define-gate><define-component name="A" role="private">${basic('x')}</define-component>`,
    );
    expect(refused(text)).toEqual(['reference-unknown@4:25']);
  });

  it('several trees make several tops; one is asked for by name', () => {
    const two = model(
      `<define-fault-tree name="F"><define-gate name="one"><event name="a"/></define-gate></define-fault-tree>
       <define-fault-tree name="G"><define-gate name="two"><event name="b"/></define-gate></define-fault-tree>
       <model-data>${basic('a', 'b')}</model-data>`,
    );
    expect(refused(two)).toEqual(['selector-unmatched@1:1']);
    expect(refused(two, { top: 'tow' })).toEqual(['selector-unmatched@1:1']);
    expect(cuts(two, { top: 'two' }).sets).toEqual([['b']]);
  });

  it('of several definitions the last counts, with a warning', () => {
    const text = tree(
      `<define-gate name="top"><event name="a"/></define-gate>\n<define-gate name="top"><event name="b"/></define-gate>${basic('a', 'b')}`,
    );
    expect(read(text).warnings).toEqual(['id-duplicate@5']);
    expect(cuts(text).sets).toEqual([['b']]);
  });

  it('basic events need not be declared where none is', () => {
    expect(
      cuts(
        tree(
          '<define-gate name="top"><and><basic-event name="a"/><basic-event name="b"/></and></define-gate>',
        ),
      ).byOrder,
    ).toEqual({ 2: '1' });
  });

  it('a not that the top does not need is no hindrance', () => {
    const text = tree(
      `<define-gate name="top"><event name="a"/></define-gate><define-gate name="other"><not><event name="a"/></not></define-gate>${basic('a')}`,
    );
    expect(cuts(text, { top: 'top' }).minimalCutSets).toBe('1');
    expect(refused(text, { top: 'other' })).toEqual(['gate-not-monotone@4:82']);
  });

  it.each([
    ['<float value="0.25"/>', 0.25],
    ['<parameter name="p"/>', 0.125],
    ['<mul><float value="0.5"/><parameter name="p"/></mul>', 0.0625],
    ['<sub><float value="1"/><exp><neg><parameter name="p"/></neg></exp></sub>', 1 - Math.exp(-0.125)],
    ['<exponential><float value="1e-3"/><system-mission-time/></exponential>', 1 - Math.exp(-0.1)],
    [
      '<GLM><int value="0"/><float value="1e-2"/><float value="0.1"/><system-mission-time/></GLM>',
      (0.01 / 0.11) * (1 - Math.exp(-11)),
    ],
    [
      '<Weibull><float value="200"/><float value="2"/><int value="0"/><system-mission-time/></Weibull>',
      1 - Math.exp(-0.25),
    ],
    [
      '<lognormal-deviate><float value="0.01"/><int value="3"/><float value="0.95"/></lognormal-deviate>',
      0.01,
    ],
    ['<uniform-deviate><float value="0.1"/><float value="0.3"/></uniform-deviate>', 0.2],
    ['<mean><float value="0.1"/><float value="0.3"/></mean>', 0.2],
  ])('the probability of %s is its mean', (expression, value) => {
    const text = tree(
      `<define-gate name="top"><event name="a"/></define-gate><define-basic-event name="a">${expression}</define-basic-event><define-parameter name="p"><float value="0.125"/></define-parameter>`,
    );
    expect(cuts(text, { missionTime: 100 }).probability).toBeCloseTo(value, 12);
  });

  it.each([
    '<float value="1.5"/>',
    '<histogram/>',
    '<parameter name="q"/>',
    '<parameter name="loop"/>',
    '<system-mission-time/>',
    '<float/>',
    '<add/>',
  ])('a probability that cannot be told (%s) is left out with a warning', (expression) => {
    const text = tree(
      `<define-gate name="top"><event name="a"/></define-gate>\n<define-basic-event name="a">${expression}</define-basic-event><define-parameter name="loop"><parameter name="loop"/></define-parameter>`,
    );
    expect(read(text).warnings).toEqual([expect.stringMatching(/^import-partial@/)]);
    expect(cuts(text)).toMatchObject({ probability: null, minimalCutSets: '1' });
  });

  const gate = (formula: string): string =>
    tree(`<define-gate name="top">${formula}</define-gate>${basic('a')}`);

  it.each([
    ['', ['xml-syntax@1:1']],
    ['<opsa-mef><define-fault-tree name="F">', ['xml-syntax@1:39']],
    ['<html/>', ['format-mismatch@1:1']],
    [model(''), ['format-mismatch@1:1']],
    ['<!DOCTYPE opsa-mef [<!ENTITY a "b">]>\n<opsa-mef/>', ['xml-syntax@1:38']],
    [gate('<event name="&a;"/>'), ['xml-syntax@4:41']],
    [gate('<event name="aa"/>'), ['reference-unknown@4:25']],
    [gate('<basic-event name="b"/>'), ['reference-unknown@4:25']],
    [gate('<gate name="a"/>'), ['reference-kind@4:25']],
    [gate('<gate name="top"/>'), ['cycle-gate@4:25']],
    [gate('<and/>'), ['key-missing@4:25']],
    [gate(''), ['key-missing@4:1']],
    [gate('<event name="a"/><event name="a"/>'), ['key-missing@4:1']],
    [gate('<atleast min="2"><event name="a"/></atleast>'), ['value-invalid@4:25']],
    [gate('<atleast><event name="a"/></atleast>'), ['value-invalid@4:25']],
    [gate('<constant value="maybe"/>'), ['value-invalid@4:25']],
    [gate('<inhibit><event name="a"/></inhibit>'), ['element-unread@4:25']],
    [gate('<or><event name="a"/><not><event name="a"/></not></or>'), ['gate-not-monotone@4:46']],
    [gate('<xor><event name="a"/><event name="a"/></xor>'), ['gate-not-monotone@4:25']],
    [tree('<define-gate><event name="a"/></define-gate>'), ['key-missing@4:1', 'reference-unknown@4:14']],
    [tree(`<define-gate name="a"><event name="a"/></define-gate>${basic('a')}`), ['id-duplicate@4:54']],
    [tree('<define-CCF-group name="c" model="beta-factor"/>'), ['element-unread@4:1']],
    [tree('<include file="/etc/passwd"/>'), ['element-unread@4:1']],
    [
      gate(`${'<or>'.repeat(300)}<event name="a"/>${'</or>'.repeat(300)}`),
      [expect.stringMatching(/^xml-syntax@4:/)],
    ],
  ])('what is not whole is refused at its place (%#)', (text, places) => {
    expect(refused(text)).toEqual(places);
  });

  it('a gate that only a not names is no top', () => {
    const text = tree(
      `<define-gate name="top"><not><gate name="g"/></not></define-gate><define-gate name="g"><event name="a"/></define-gate>${basic('a')}`,
    );
    expect(refused(text)).toEqual(['gate-not-monotone@4:25']);
  });

  it('a circle is told by the way round', () => {
    const text = tree(
      `<define-gate name="top"><gate name="x"/></define-gate>
<define-gate name="x"><or><event name="a"/><gate name="y"/></or></define-gate>
<define-gate name="y"><gate name="x"/></define-gate>${basic('a')}`,
    );
    const found = readOpenPsa({ name: 'a.xml', text });
    expect(found.kind === 'error' && found.error[0]).toMatchObject({
      code: 'cycle-gate',
      message: "the gate 'x' is needed for itself: x -> y -> x",
      at: { line: 6 },
    });
  });

  it('a chain of gates as long as a file allows is read', () => {
    const links = Array.from(
      { length: 20_000 },
      (_, each) => `<define-gate name="g${each}"><gate name="g${each + 1}"/></define-gate>`,
    );
    const text = tree(
      `${links.join('\n')}<define-gate name="g20000"><event name="a"/></define-gate>${basic('a')}`,
    );
    expect(read(text).tree.graph.gates).toHaveLength(20_001);
  }, 30_000);
});

describe('writeOpenPsa', () => {
  it('what is read of it has the same cut sets, names and probabilities', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const dice = new Dice(seed);
      const random = randomTree(dice);
      const before: FaultTree = {
        top: 'the <top> & "more"',
        graph: random,
        eventNames: Array.from({ length: random.events }, (_, each) => `event ${each}`),
        gateNames: random.gates.map((_, each) =>
          each === random.gates.length - 1
            ? 'the <top> & "more"'
            : dice.chance(0.5)
              ? `gate-${each}`
              : undefined,
        ),
        probabilities: Array.from({ length: random.events }, () => dice.between(0, 1000) / 1000),
      };
      const text = writeOpenPsa(before);
      const after = read(text, { top: before.top }).tree;
      const told = ({ graph, eventNames }: FaultTree): readonly string[] => {
        const document = cutsDocument({ ...before, eventNames }, solve(graph), { list: 1000 });
        return (document.sets ?? []).map((set) => set.toSorted().join()).toSorted();
      };
      expect({ seed, sets: told(after) }).toEqual({ seed, sets: told(before) });
      const p = new Map(before.eventNames.map((name, each) => [name, before.probabilities[each]]));
      expect(after.probabilities).toEqual(after.eventNames.map((name) => p.get(name)));
    }
  });

  it('writes again what it wrote', () => {
    const text = tree(
      `<define-gate name="top"><or><event name="a"/><and><event name="b"/><gate name="g"/></and></or></define-gate><define-gate name="g"><atleast min="2"><event name="a"/><event name="b"/><event name="c"/></atleast></define-gate>${basic('a', 'b', 'c')}`,
    );
    const once = writeOpenPsa(read(text).tree);
    expect(once).toContain('<and>');
    expect(writeOpenPsa(read(once).tree)).toBe(once);
  });
});
