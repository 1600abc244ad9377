import type { Program } from '../engine/program.ts';
import { entriesOf } from './entries.ts';
import { FlatList, type Shadowed } from './flat.ts';

/**
 * The rules that can never decide for what stands above them in their own chain, chain by chain in the order of the file,
 * each with what takes its packets. What a chain that is called takes, or what its callers send, is not looked at.
 * @see SPEC.md A4
 */
export function shadowed(program: Program): readonly Shadowed[] {
  return [...program.chains.values()].flatMap((chain) => {
    const entries = entriesOf(program, chain);
    return entries === undefined ? [] : new FlatList(entries).shadowed();
  });
}
