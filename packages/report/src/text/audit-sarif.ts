import type { Log, ReportingDescriptor, Result as SarifResult, Run, ToolComponent } from 'sarif';
import {
  findingKinds,
  severities,
  type AuditDocument,
  type Controls,
  type FindingRow,
  type Severity,
} from '@holdfast/audit';
import { namesOf } from '../reading/names.ts';
import { standardTitles } from '../reading/standards.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** So many places stand as logical locations; how many there are in all stands in the properties. */
const placesShown = 100;
const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<
  Severity,
  string
>;
const ranks = { critical: 95, high: 75, medium: 50, low: 20 } as const satisfies Record<Severity, number>;

/**
 * An audit as SARIF 2.1.0 in JSON, for code scanning and CI. What fails is of kind `fail`; what is unknown is `open`, with level `none`
 * as the standard wants it. Rules carry the controls as relationships to taxonomies, and as tags.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html sections 3.27.9, 3.27.10, 3.49
 */
export function auditSarif(document: AuditDocument): string {
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [runOf(document)] } satisfies Log, undefined, 1)}\n`;
}

function runOf(document: AuditDocument): Run {
  const ids = [...new Set(document.findings.map(({ id }) => id))].toSorted();
  const taxonomies = taxonomiesOf(document.findings);
  const nameOf = namesOf(document);
  return {
    tool: {
      driver: {
        name: 'Holdfast',
        rules: ids.map((id) => ruleOf(id, document.findings, taxonomies)),
        supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
      },
    },
    automationDetails: { id: 'holdfast/audit' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { ESTATE: { description: { text: 'The folder of the estate.' } } },
    taxonomies,
    results: document.findings.map((each) => resultOf(each, ids.indexOf(each.id), nameOf)),
    properties: {
      estate: document.estate.hash,
      today: document.today,
      start: document.start,
      scenarios: document.scenarios.length,
    },
  };
}

function taxonomiesOf(findings: readonly FindingRow[]): ToolComponent[] {
  const byStandard = new Map<string, Set<string>>();
  for (const { controls } of findings) {
    for (const [standard, ids] of Object.entries(controls))
      byStandard.set(standard, new Set([...(byStandard.get(standard) ?? []), ...ids]));
  }
  return [...byStandard]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([standard, ids]) => ({
      name: standard,
      shortDescription: { text: standardTitles[standard] ?? standard },
      taxa: [...ids].toSorted().map((id) => ({ id })),
    }));
}

function ruleOf(
  id: string,
  findings: readonly FindingRow[],
  taxonomies: readonly ToolComponent[],
): ReportingDescriptor {
  const own = findings.filter((each) => each.id === id);
  const [first] = own as [FindingRow];
  const worst = severities.find((severity) => own.some((each) => each.severity === severity)) ?? 'low';
  // Findings of one kind may each say more; what the kind itself says is the rule's.
  const { remedy } = findingKinds[id as keyof typeof findingKinds] ?? first;
  const never = first.acceptable ? '' : ' This cannot be accepted as a risk.';
  return {
    id,
    shortDescription: { text: `${first.title}.` },
    help: { text: `${remedy}${never}`, markdown: `**What mends it.** ${remedy}${never}` },
    defaultConfiguration: { level: levels[worst] },
    relationships: relationshipsOf(first.controls, taxonomies),
    properties: {
      tags: ['security', ...tagsOf(first.controls)],
      'security-severity': (ranks[worst] / 10).toFixed(1),
      acceptable: first.acceptable,
    },
  };
}

const tagsOf = (controls: Controls): readonly string[] =>
  Object.entries(controls).flatMap(([standard, ids]) => ids.map((each) => `${standard}/${each}`));

function relationshipsOf(
  controls: Controls,
  taxonomies: readonly ToolComponent[],
): NonNullable<ReportingDescriptor['relationships']> {
  return Object.entries(controls).flatMap(([standard, ids]) => {
    const component = taxonomies.findIndex(({ name }) => name === standard);
    return ids.map((id) => ({
      target: {
        id,
        index: taxonomies[component]?.taxa?.findIndex((each) => each.id === id) ?? -1,
        toolComponent: { name: standard, index: component },
      },
      kinds: ['relevant'],
    }));
  });
}

function resultOf(each: FindingRow, ruleIndex: number, nameOf: (id: string) => string): SarifResult {
  const fails = each.verdict === 'fails';
  return {
    ruleId: each.id,
    ruleIndex,
    kind: fails ? 'fail' : 'open',
    level: fails ? levels[each.severity] : 'none',
    rank: ranks[each.severity],
    message: { text: each.message },
    locations: [locationOf(each, nameOf)],
    partialFingerprints: { 'holdfast/v1': each.fingerprint },
    properties: {
      severity: each.severity,
      verdict: each.verdict,
      site: each.site,
      function: each.function,
      ...(each.scenario === undefined ? {} : { scenario: each.scenario }),
      remedy: each.remedy,
      why: each.why,
      places: each.places.length,
    },
  };
}

function locationOf(
  { at, places, site }: FindingRow,
  nameOf: (id: string) => string,
): NonNullable<SarifResult['locations']>[number] {
  const logical = places
    .slice(0, placesShown)
    .map((place) => ({ name: nameOf(place), fullyQualifiedName: `${site}/${place}`, kind: 'resource' }));
  const physical = at && {
    physicalLocation: {
      artifactLocation: { uri: uriOf(at.file), uriBaseId: 'ESTATE' },
      region: { startLine: at.line, startColumn: at.column },
    },
  };
  return { ...physical, logicalLocations: logical };
}

/** A file's name as a relative reference: each part escaped, so that none is read as a scheme, a query or a fragment. */
const uriOf = (file: string): string =>
  file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
