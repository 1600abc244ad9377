import type { ProblemCode } from '@holdfast/kernel';
import type { Fix, ProductEntry, Status, Vulnerability } from '../advisory/advisory.ts';
import { fixesFor } from '../advisory/fixes-for.ts';
import { listOf, objectOf, textOf, textsOf, under } from '../text/json.ts';

const statusOf: Readonly<Record<string, Status>> = {
  known_affected: 'affected',
  first_affected: 'affected',
  last_affected: 'affected',
  fixed: 'fixed',
  first_fixed: 'fixed',
  known_not_affected: 'not_affected',
  under_investigation: 'investigating',
};

/** Remediations of these kinds may tell of a version that mends; `none_available` tells that there is none. */
const mending = new Set(['vendor_fix', 'mitigation', 'workaround']);

/** What a document says of each vulnerability. CSAF 2.0, section 3.2.3. */
export function readVulnerabilities(
  value: unknown,
  ids: ReadonlyMap<string, number>,
  entries: readonly ProductEntry[],
  say: (code: ProblemCode, pointer: string, message: string, hint: string) => void,
): readonly Vulnerability[] {
  const groups = groupsOf(value);
  return listOf(under(value, 'vulnerabilities')).map((each, index) => {
    const pointer = `/vulnerabilities/${index}`;
    const statuses = new Map<number, Status[]>();
    for (const [name, listed] of Object.entries(objectOf(under(each, 'product_status')) ?? {})) {
      const status = statusOf[name];
      if (status === undefined) continue;
      for (const [at, id] of listOf(listed).entries()) {
        const entry = ids.get(String(id));
        if (entry === undefined)
          say(
            'reference-unknown',
            `${pointer}/product_status/${name}/${at}`,
            `no product has the id ${String(id)}`,
            'CSAF 2.0, 6.1.1',
          );
        else statuses.set(entry, [...(statuses.get(entry) ?? []), status]);
      }
    }
    const score = scoreOf(each);
    const cve = nameOf(each);
    return {
      cve,
      statuses,
      fixes: fixesIn(each, cve, ids, groups, entries),
      ...(score === undefined ? {} : { score }),
    };
  });
}

/** The CVE id, or the first id of another system. */
function nameOf(vulnerability: unknown): string | null {
  const other = textOf(under(listOf(under(vulnerability, 'ids'))[0], 'text'));
  return textOf(under(vulnerability, 'cve')) ?? other ?? null;
}

function scoreOf(vulnerability: unknown): number | undefined {
  const scores = listOf(under(vulnerability, 'scores')).map((each) => under(each, 'cvss_v3', 'baseScore'));
  const numbers = scores.filter((each) => typeof each === 'number');
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function groupsOf(value: unknown): ReadonlyMap<string, readonly string[]> {
  const groups = listOf(under(value, 'product_tree', 'product_groups'));
  return new Map(
    groups.map(
      (each) => [textOf(under(each, 'group_id')) ?? '', textsOf(under(each, 'product_ids'))] as const,
    ),
  );
}

/** The versions that the remediations name, each for the products that it names. */
function fixesIn(
  vulnerability: unknown,
  cve: string | null,
  ids: ReadonlyMap<string, number>,
  groups: ReadonlyMap<string, readonly string[]>,
  entries: readonly ProductEntry[],
): readonly Fix[] {
  return listOf(under(vulnerability, 'remediations')).flatMap((each) => {
    const details = textOf(under(each, 'details'));
    if (details === undefined || !mending.has(textOf(under(each, 'category')) ?? '')) return [];
    const groupIds = textsOf(under(each, 'group_ids'));
    const named = [...textsOf(under(each, 'product_ids')), ...groupIds.flatMap((id) => groups.get(id) ?? [])];
    const targets = named.length === 0 ? [...ids.values()] : named.flatMap((id) => ids.get(id) ?? []);
    return fixesFor(details, cve, targets, entries);
  });
}
