import type { Model } from '../compile/model.ts';
import { Simulation } from '../solver/simulation.ts';
import { op } from '../solver/system.ts';

/**
 * Circles of devices and services of which each can start only once another does.
 * Found by taking away, at a whole latch, what lets it start: members of one circle of equations that runs through latches.
 */
export function blackStarts(model: Model): readonly (readonly string[])[] {
  const { system, labels } = model;
  const simulation = new Simulation(system, 'best');
  const circles = new Map<number, Set<string>>();
  const starting = new Set<number>();
  for (const [node, label] of labels) {
    const circle = system.circle[node] ?? -1;
    if (circle < 0 || (label.kind !== 'running' && label.kind !== 'service')) continue;
    const isLatch = system.ops[node] === op.latch;
    if (isLatch || !simulation.baseline(node)) starting.add(circle);
    const members = circles.get(circle) ?? new Set<string>();
    if (isLatch || !simulation.baseline(node)) members.add(label.subject);
    circles.set(circle, members);
  }
  return [...circles]
    .filter(([circle, members]) => starting.has(circle) && members.size > 0)
    .map(([, members]) => [...members].toSorted());
}
