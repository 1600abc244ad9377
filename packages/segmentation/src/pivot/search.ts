import type { Option, Verdict } from './edge.ts';
import type { PivotGraph, Session } from './graph.ts';

/** Which steps a search may take. */
export interface Allowed {
  /** Steps of which nobody can tell, beside those that are certain. */
  readonly unknown: boolean;
  /** Steps back over sessions that somebody else opened. */
  readonly reverse: boolean;
  /** What is closed by rules that are not there yet, by the keys of cuts. */
  readonly closed?: ReadonlySet<string>;
}

/** A step from one class to another. */
export type Step =
  | { readonly kind: 'packet'; readonly from: number; readonly to: number; readonly option: Option }
  | { readonly kind: 'reverse'; readonly from: number; readonly to: number; readonly session: Session };

/** The classes that an attacker comes to hold, with the step that took each, in the order in which they fall. */
export interface Fallen {
  readonly by: ReadonlyMap<number, Step | undefined>;
}

/** Takes what can be taken from some classes on, step by step: what falls first is nearest. */
export function fall(graph: PivotGraph, sources: Iterable<number>, allowed: Allowed): Fallen {
  const by = new Map<number, Step | undefined>([...sources].map((each) => [each, undefined]));
  for (const at of by.keys()) {
    for (let next = 0; next < graph.classes.length; next += 1) {
      if (by.has(next)) continue;
      const step = stepTo(graph, at, next, allowed, 'take');
      if (step) by.set(next, step);
    }
  }
  return { by };
}

/** The step from one class to another: a packet where there is one, else a session; the most certain first. */
function stepTo(
  graph: PivotGraph,
  from: number,
  to: number,
  { unknown, reverse, closed }: Allowed,
  what: 'touch' | 'take',
): Step | undefined {
  // A router of which nobody knows what listens is never taken, so that nobody need ask for the way to it.
  const [target] = graph.classes[to] ?? [];
  const isDeaf = what === 'take' && target?.isRouter === true && target.listeners.length === 0;
  const open = (isDeaf ? [] : graph.between(from, to)).filter(
    ({ cut }) => cut === undefined || closed?.has(cut.key) !== true,
  );
  const option =
    open.find((each) => each[what] === 'yes') ??
    (unknown ? open.find((each) => each[what] === 'unknown' || isHalf(each, what)) : undefined);
  if (option) return { kind: 'packet', from, to, option };
  if (!reverse) return undefined;
  const members = new Set(graph.classes[to]?.map(({ id }) => id));
  const session = graph.sessions(from).find(({ holder }) => members.has(holder));
  return session && { kind: 'reverse', from, to, session };
}

/** Packets get there for certain, and of what listens nobody can tell. */
const isHalf = ({ touch, take }: Option, what: 'touch' | 'take'): boolean =>
  what === 'take' && touch !== 'no' && take !== 'no';

/** The shortest chain of steps from the sources to a class, the last of which only has to touch it. */
export function chainTo(
  graph: PivotGraph,
  { by }: Fallen,
  target: number,
  allowed: Allowed,
): readonly Step[] | undefined {
  const others = (graph.classes[target]?.length ?? 0) > 1;
  for (const at of by.keys()) {
    if (at === target && !others) continue;
    const last = stepTo(graph, at, target, allowed, 'touch');
    if (last) return [...chainOf(by, at), last];
  }
  return undefined;
}

function chainOf(by: Fallen['by'], to: number): readonly Step[] {
  const steps: Step[] = [];
  for (let step = by.get(to); step !== undefined; step = by.get(step.from)) steps.unshift(step);
  return steps;
}

/** How certain a chain is: what it takes over on the way, and that it touches the last. */
export function certainty(steps: readonly Step[]): Exclude<Verdict, 'no'> {
  const isCertain = steps.every((step, index) => {
    if (step.kind === 'reverse') return false;
    return (index === steps.length - 1 ? step.option.touch : step.option.take) === 'yes';
  });
  return isCertain ? 'yes' : 'unknown';
}
