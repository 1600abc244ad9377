import type { AuditDocument } from '@holdfast/audit';
import { bases, type Basis } from '@holdfast/estate';

/** On what the verdicts rest that change in some scenario: of each basis how many have it as their weakest, the weakest basis first. */
export function basesOf({ scenarios }: AuditDocument): {
  readonly verdicts: number;
  readonly counts: readonly { readonly basis: Basis; readonly verdicts: number }[];
} {
  const found = new Map<Basis, number>();
  for (const { changes } of scenarios)
    for (const { basis } of changes) if (basis !== undefined) found.set(basis, (found.get(basis) ?? 0) + 1);
  const counts = bases
    .toReversed()
    .flatMap((basis) => (found.has(basis) ? [{ basis, verdicts: found.get(basis) ?? 0 }] : []));
  return { verdicts: counts.reduce((sum, { verdicts }) => sum + verdicts, 0), counts };
}
