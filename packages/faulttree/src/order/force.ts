import type { Gate } from '../graph/fault-graph.ts';
import type { Component } from '../graph/parts.ts';

const mostRounds = 40;
/** Rounds without a shorter span after which it is taken as the shortest. */
const patience = 6;

/**
 * Draws variables together that stand under the same gates: every gate pulls its inputs and itself to their centre
 * until the sum of the spans grows no shorter. Returns the variables in the best order met.
 * @see Aloul, Markov, Sakallah, FORCE: a fast and easy-to-implement variable-ordering heuristic, GLSVLSI 2003
 */
export function force(component: Component, start: Int32Array): Int32Array {
  const { variables, gates } = component;
  const place = new Float64Array(variables + gates.length);
  for (const [index, variable] of start.entries()) place[variable] = index;
  for (const [index, { inputs }] of gates.entries()) {
    let sum = 0;
    for (const each of inputs) sum += place[each] as number;
    place[variables + index] = sum / inputs.length;
  }
  let order = ranked(place);
  let [best, shortest, since] = [start, Infinity, 0];
  for (let round = 0; round < mostRounds && since < patience; round += 1) {
    const span = pull(component, place);
    since += 1;
    if (span < shortest) {
      shortest = span;
      since = 0;
      best = order.filter((each) => each < variables);
    }
    order = ranked(place);
  }
  return best;
}

/** Moves everything to the mean of the centres of its gates; returns the sum of the spans as they were. */
function pull({ variables, gates }: Component, place: Float64Array): number {
  const sums = new Float64Array(place.length);
  const counts = new Int32Array(place.length);
  let spans = 0;
  for (let index = 0; index < gates.length; index += 1) {
    const { inputs } = gates[index] as Gate;
    const gate = variables + index;
    const own = place[gate] as number;
    let [sum, low, high] = [own, own, own];
    for (const each of inputs) {
      const at = place[each] as number;
      sum += at;
      if (at < low) low = at;
      if (at > high) high = at;
    }
    spans += high - low;
    const centre = sum / (inputs.length + 1);
    sums[gate] = (sums[gate] as number) + centre;
    counts[gate] = (counts[gate] as number) + 1;
    for (const each of inputs) {
      sums[each] = (sums[each] as number) + centre;
      counts[each] = (counts[each] as number) + 1;
    }
  }
  for (let each = 0; each < place.length; each += 1)
    place[each] = (sums[each] as number) / (counts[each] as number);
  return spans;
}

/** Places closer than this are taken as one. */
const grain = 1 / 4096;

/**
 * Makes places whole numbers again; returns what stands at each. Place and number are packed into one number,
 * because numbers sort several times faster than anything that has to be compared by a function.
 */
function ranked(place: Float64Array): Int32Array {
  const count = place.length;
  const keys = place.map((at, each) => Math.round(at / grain) * count + each).toSorted();
  const order = Int32Array.from(keys, (key) => key % count);
  for (let rank = 0; rank < count; rank += 1) place[order[rank] as number] = rank;
  return order;
}
