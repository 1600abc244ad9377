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

/** Nodes that are asked for: 1 for them and for all that they rest on. What else there is, is not solved. */
export type Asked = Uint8Array;

/** The nodes with all that they rest on. */
export function restOf(system: System, nodes: Iterable<number>): Asked {
  const asked = new Uint8Array(system.size);
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (asked[node] === 1) continue;
    asked[node] = 1;
    for (
      let place = system.inputStart[node] as number;
      place < (system.inputStart[node + 1] as number);
      place += 1
    )
      open.push(system.inputs[place] as number);
  }
  return asked;
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
  const parameter = firstOf(system.ops[node], how);
  if (parameter !== undefined) first[node] = parameter;
  if (system.ops[node] === op.source) second[node] = -(parameter ?? 0);
}

/** Whether something amended differs from how a reading takes it anyway, as a denied unknown does not from the worst. */
export function isAmended(system: System, reading: Reading, { flipped, amended }: Amendments): boolean {
  if (flipped?.size) return true;
  return [...(amended ?? [])].some(([node, how]) => {
    const code = system.ops[node];
    return code === op.source || (firstOf(code, how) ?? NaN) !== system.first[reading][node];
  });
}

/** The first parameter of an amended node: up for good, for ever, at once, or never; `undefined` where it has none to amend. */
function firstOf(code: number | undefined, how: Amendment): number | undefined {
  const good = how === 'granted';
  switch (code) {
    case op.constant:
      return good ? 1 : 0;
    case op.hold:
      return good ? Infinity : 0;
    case op.after:
    case op.standby:
      return good ? 0 : Infinity;
    case op.source:
      return good ? -Infinity : Infinity;
    default:
      return undefined;
  }
}
