import { op, type NodeId, type System } from './system.ts';

export type Reading = 'worst' | 'best';

/** A fact taken otherwise than declared: constants become true, stores last for ever, delays vanish, sources never fail. */
export type Amendment = 'granted' | 'denied';

/** What may be taken otherwise in one simulation. */
export interface Amendments {
  /** Nodes whose unknown is read the other way. */
  readonly flipped?: ReadonlySet<NodeId>;
  /** Nodes granted for good, or denied from the start. */
  readonly amended?: ReadonlyMap<NodeId, Amendment>;
}

/** The parameters under one reading: those of the system itself, or a copy where something is amended. */
export function amendedColumn(
  column: System['first'],
  reading: Reading,
  { flipped = new Set(), amended }: Amendments,
): Float64Array {
  if (flipped.size === 0 && !amended?.size) return column[reading];
  const other = column[reading === 'worst' ? 'best' : 'worst'];
  const out = column[reading].slice();
  for (const node of flipped) out[node] = other[node] as number;
  return out;
}

/** Takes one node otherwise in the columns of its parameters. */
export function amend(
  system: System,
  first: Float64Array,
  second: Float64Array,
  node: NodeId,
  how: Amendment,
): void {
  const code = system.ops[node];
  const good = how === 'granted';
  if (code === op.constant) first[node] = good ? 1 : 0;
  if (code === op.hold) first[node] = good ? Infinity : 0;
  if (code === op.after || code === op.standby) first[node] = good ? 0 : Infinity;
  if (code === op.source) {
    first[node] = good ? -Infinity : Infinity;
    second[node] = good ? Infinity : -Infinity;
  }
}
