import { fail, nearestName, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { siteOf } from '@holdfast/topology';
import type { Cut, Option, Verdict } from './edge.ts';
import type { PivotGraph } from './graph.ts';
import { selected, type PivotNode } from './node.ts';
import { ruleOf, type AddedRule } from './added-rule.ts';
import { minimumCut } from './cut.ts';
import { certainty, chainTo, fall, type Allowed, type Step } from './search.ts';

/** One arrow of a path: who gets to whom, by which packet or whose session. */
export type Arrow =
  | { readonly kind: 'packet'; readonly from: PivotNode; readonly to: PivotNode; readonly option: Option }
  | {
      readonly kind: 'reverse';
      readonly from: PivotNode;
      readonly to: PivotNode;
      /** By which role the one that is reached holds the session. */
      readonly role: string;
    };

/** A chain of devices, each taken over from the one before. */
export interface PivotPath {
  readonly verdict: Exclude<Verdict, 'no'>;
  /** Whether it needs a session that somebody else opened. */
  readonly isReverse: boolean;
  readonly arrows: readonly Arrow[];
  /** Other targets that are reached just so. */
  readonly alike: readonly PivotNode[];
}

/** The rules that would close the paths, or the arrows of one that no rule can close. */
export type Closing =
  | { readonly kind: 'rules'; readonly rules: readonly AddedRule[]; readonly isLeast: boolean }
  | { readonly kind: 'none-can'; readonly arrows: readonly Arrow[] };

/** What can be reached from where. */
export interface Pivots {
  readonly verdict: Verdict;
  readonly sources: readonly PivotNode[];
  readonly targets: readonly PivotNode[];
  /** Certain ones first, then by length; those over sessions last. */
  readonly paths: readonly PivotPath[];
  /** How many targets no path leads to. */
  readonly unreached: readonly PivotNode[];
  /** Closes the certain paths; `undefined` where there are none. */
  readonly closing: Closing | undefined;
  /** Closes those too of which nobody can tell; `undefined` where there are none. */
  readonly closingAll: Closing | undefined;
}

const certain: Allowed = { unknown: false, reverse: false };
const perhaps: Allowed = { unknown: true, reverse: false };
const back: Allowed = { unknown: true, reverse: true };

/**
 * The nodes that a selector names: an id, `internet`, `class:camera`, `holds:payroll`, `zone:ID`, `network:ID`, `site:ID`
 * or `party:ID`. Codes: `selector-unmatched`.
 */
export function chosen(graph: PivotGraph, selector: string): Result<readonly PivotNode[], Problem> {
  const { landscape, nodes } = graph;
  const { estate } = landscape;
  const site = (id: string): string | undefined => siteOf(estate, estate.get('device', id)?.at ?? id);
  const found = selected(landscape, nodes, selector, site);
  if (found !== undefined && found.length > 0) return ok(found);
  const near = nearestName(selector, candidates(graph));
  return fail(
    problem('selector-unmatched', `nothing that sends packets is named '${selector}'`, {
      hint: near
        ? `did you mean '${near}'?`
        : 'give the id of a device on a network, internet, class:camera, holds:payroll, zone:ID, network:ID, site:ID or party:ID',
    }),
  );
}

function candidates({ landscape: { estate }, nodes }: PivotGraph): readonly string[] {
  const zones = [...estate.all('network').values()].flatMap(({ zone }) => zone ?? []);
  const held = [...estate.all('device').values()].flatMap(({ holds = [] }) => holds);
  return [
    ...nodes.keys(),
    ...zones.map((each) => `zone:${each}`),
    ...held.map((each) => `holds:${each}`),
    ...[...estate.all('network').keys()].map((each) => `network:${each}`),
    ...[...estate.all('site').keys()].map((each) => `site:${each}`),
    ...[...estate.all('vpn').values()].map((each) => `party:${each.from}`),
  ];
}

/** The paths between nodes of one graph. */
export function pivots(
  graph: PivotGraph,
  sources: readonly PivotNode[],
  targets: readonly PivotNode[],
): Pivots {
  const inside = new Set(sources.map(({ id }) => id));
  const wanted = targets.filter(({ id }) => !inside.has(id));
  const start = new Set(sources.flatMap(({ id }) => graph.classOf.get(id) ?? []));
  const found: PivotPath[] = [];
  let left = byClass(graph, wanted);
  const reachedBy = new Map<Allowed, ReadonlySet<number>>();
  for (const allowed of [certain, perhaps, back]) {
    const fallen = fall(graph, start, allowed);
    const hit = new Set<number>();
    for (const [target, members] of left) {
      const chain = chainTo(graph, fallen, target, allowed);
      if (chain === undefined) continue;
      hit.add(target);
      found.push(pathOf(graph, inside, chain, members));
    }
    reachedBy.set(allowed, hit);
    left = new Map([...left].filter(([target]) => !hit.has(target)));
  }
  const sure = reachedBy.get(certain) ?? new Set();
  const open = new Set([...sure, ...(reachedBy.get(perhaps) ?? [])]);
  return {
    verdict: found.some(({ verdict }) => verdict === 'yes') ? 'yes' : found.length > 0 ? 'unknown' : 'no',
    sources,
    targets: wanted,
    paths: found.toSorted(nearestFirst),
    unreached: [...left.values()].flat(),
    closing: sure.size === 0 ? undefined : closingOf(graph, inside, start, sure, certain),
    closingAll: open.size === sure.size ? undefined : closingOf(graph, inside, start, open, perhaps),
  };
}

const nearestFirst = (a: PivotPath, b: PivotPath): number =>
  Number(a.isReverse) - Number(b.isReverse) ||
  Number(a.verdict === 'unknown') - Number(b.verdict === 'unknown') ||
  a.arrows.length - b.arrows.length;

function byClass(graph: PivotGraph, nodes: readonly PivotNode[]): Map<number, readonly PivotNode[]> {
  const classes = new Map<number, PivotNode[]>();
  for (const node of nodes) {
    const index = graph.classOf.get(node.id);
    if (index === undefined) continue;
    const own = classes.get(index) ?? [];
    own.push(node);
    classes.set(index, own);
  }
  return classes;
}

function pathOf(
  graph: PivotGraph,
  inside: ReadonlySet<string>,
  steps: readonly Step[],
  members: readonly PivotNode[],
): PivotPath {
  const arrows = arrowsOf(graph, inside, steps, members[0]);
  return {
    verdict: certainty(steps),
    isReverse: steps.some(({ kind }) => kind === 'reverse'),
    arrows,
    alike: members.slice(1),
  };
}

/** A chain told of real nodes: for each class one member, at its ends one that was asked about. */
function arrowsOf(
  graph: PivotGraph,
  inside: ReadonlySet<string>,
  steps: readonly Step[],
  last: PivotNode | undefined,
): readonly Arrow[] {
  const arrows: Arrow[] = [];
  let from = graph.classes[steps[0]?.from ?? 0]?.find(({ id }) => inside.has(id));
  for (const [index, step] of steps.entries()) {
    const members = graph.classes[step.to] ?? [];
    const isEnd = index === steps.length - 1;
    const holder = step.kind === 'reverse' ? graph.nodes.get(step.session.holder) : undefined;
    const to = holder ?? (isEnd && last !== undefined ? last : members.find(({ id }) => id !== from?.id));
    if (from === undefined || to === undefined) break;
    arrows.push(
      step.kind === 'reverse'
        ? { kind: 'reverse', from, to, role: step.session.need.role }
        : { kind: 'packet', from, to, option: sameAs(graph.exactly(from, to), step.option) },
    );
    from = to;
  }
  return arrows;
}

/** The option of two members that is the one by which their classes were joined. */
const sameAs = (options: readonly Option[], of: Option): Option =>
  options.find(
    ({ cut, touch, take }) => cut?.key === of.cut?.key && touch === of.touch && take === of.take,
  ) ??
  options[0] ??
  of;

function closingOf(
  graph: PivotGraph,
  inside: ReadonlySet<string>,
  sources: ReadonlySet<number>,
  targets: ReadonlySet<number>,
  allowed: Allowed,
): Closing {
  const held = new Set(fall(graph, sources, allowed).by.keys());
  const harm = (each: Cut): number => ruleOf(graph, each, held).breaks.length;
  const cut = minimumCut(graph, sources, targets, allowed, harm);
  if (cut.kind === 'uncuttable')
    return { kind: 'none-can', arrows: arrowsOf(graph, inside, cut.steps, undefined) };
  return { kind: 'rules', rules: cut.cuts.map((each) => ruleOf(graph, each, held)), isLeast: cut.isLeast };
}
