import { findingKinds, type AuditDocument, type FindingRow, type ScenarioRow } from '@holdfast/audit';
import { formatPosition } from '@holdfast/kernel';
import { themes } from '../reading/themes.ts';
import { visibleText } from '../reading/visible-text.ts';

interface Case {
  readonly className: string;
  readonly name: string;
  readonly findings: readonly FindingRow[];
}

const whyShown = 20;

/**
 * An audit as JUnit XML, for CI. A suite is a site; a test is one function of it in one scenario, or one kind of finding about the estate
 * as it stands. What fails is a `failure`; what is unknown is an `error`, and never passes. A scenario that changes nothing at a site is
 * one test that passes there. Without times, as nothing is measured.
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function auditJunit(document: AuditDocument): string {
  const suites = document.estate.sites.map((site) => ({ site, cases: casesOf(document, site.id) }));
  const all = suites.flatMap(({ cases }) => cases);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Holdfast audit" ${counts(all)}>
${suites
  .map(
    ({
      site,
      cases,
    }) => `  <testsuite name="${xml(site.name)}" id="${xml(site.id)}" ${counts(cases)} timestamp="${timestamp(document.start)}">
    <properties>
      <property name="estate" value="${xml(document.estate.hash)}"/>
      <property name="today" value="${xml(document.today)}"/>
    </properties>
${cases.map(testCase).join('\n')}
  </testsuite>`,
  )
  .join('\n')}
</testsuites>
`;
}

/** The tests of a site: those about it as it stands, then each scenario with the functions that the site has. */
function casesOf(document: AuditDocument, site: string): readonly Case[] {
  const places = document.places.filter((place) => place.site === site);
  const functions = new Set(places.flatMap(({ capabilities }) => capabilities.map((each) => each.function)));
  const own = themes.filter((theme) => theme.functions.some((each) => functions.has(each)));
  const found = document.findings.filter((each) => each.site === site);
  const byScenario = Map.groupBy(found, ({ scenario }) => scenario ?? '');
  const ids = new Set(places.map(({ id }) => id));
  return [
    ...standing(site, byScenario.get('') ?? []),
    ...document.scenarios.flatMap((scenario) =>
      inScenario(site, scenario, byScenario.get(scenario.key) ?? [], own, ids),
    ),
  ];
}

const standing = (site: string, findings: readonly FindingRow[]): readonly Case[] =>
  Object.entries(findingKinds).map(([id, { title }]) => ({
    className: `${site}.as-it-stands`,
    name: `${id}: ${title}`,
    findings: findings.filter((each) => each.id === id),
  }));

function inScenario(
  site: string,
  { key, name, changes }: ScenarioRow,
  findings: readonly FindingRow[],
  own: readonly (typeof themes)[number][],
  places: ReadonlySet<string>,
): readonly Case[] {
  const className = `${site}.${key.replaceAll('.', '-')}`;
  if (findings.length === 0 && !changes.some(({ place }) => places.has(place)))
    return [{ className, name: `${name}: nothing changes`, findings: [] }];
  const told = own.map(({ title, functions }) => ({
    className,
    name: `${name}: ${title.toLowerCase()}`,
    findings: findings.filter((each) => functions.some((one) => one === each.function)),
  }));
  const rest = findings.filter((each) => !told.some((one) => one.findings.includes(each)));
  return rest.length === 0
    ? told
    : [...told, { className, name: `${name}: other functions`, findings: rest }];
}

function testCase({ className, name, findings }: Case): string {
  const head = `    <testcase classname="${xml(className)}" name="${xml(name)}"`;
  const [first] = findings;
  if (!first) return `${head}/>`;
  // One result for each test, as the common schema wants it: what fails goes before what is unknown.
  const worst = findings.find(({ verdict }) => verdict === 'fails') ?? first;
  const element = worst.verdict === 'fails' ? 'failure' : 'error';
  const where = worst.at ? ` file="${xml(worst.at.file)}" line="${worst.at.line}"` : '';
  return `${head}${where}>
      <${element} type="${xml(worst.id)}" message="${xml(worst.message)}">${xml(findings.map(tell).join('\n\n'))}</${element}>
    </testcase>`;
}

/** What a person reads under a test that did not pass: the finding, where it stands, why, and what mends it. */
function tell(each: FindingRow): string {
  return [
    `${each.id} (${each.severity}${each.verdict === 'unknown' ? ', unknown' : ''}): ${each.message}`,
    ...(each.at ? [`at ${formatPosition(each.at)}`] : []),
    ...each.why.slice(0, whyShown).map((line) => `  ${line}`),
    ...(each.why.length > whyShown ? [`  and ${each.why.length - whyShown} more lines`] : []),
    `What mends it: ${each.remedy}`,
    `Fingerprint: ${each.fingerprint}`,
  ]
    .map((line) => (line.startsWith('  ') ? `  ${visibleText(line)}` : visibleText(line)))
    .join('\n');
}

function counts(cases: readonly Case[]): string {
  const failed = cases.filter(({ findings }) => findings.some(({ verdict }) => verdict === 'fails')).length;
  const open = cases.filter(({ findings }) => findings.length > 0).length - failed;
  return `tests="${cases.length}" failures="${failed}" errors="${open}" skipped="0"`;
}

/** Without zone and fraction, as the common schema wants it. */
const timestamp = (instant: string): string => instant.slice(0, 19);

/** Text for an element or a quoted attribute, without what XML 1.0 may not hold. */
function xml(text: string): string {
  return text
    .replaceAll(forbidden, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** @see https://www.w3.org/TR/xml/#charsets */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
