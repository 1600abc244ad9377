import { asMillis, formatDuration } from '@holdfast/kernel';
import { phrases, verdictAt, type Answer, type FactRef, type Model } from '@holdfast/outage';
import type { AuditDocument, InputRow, PlaceRow, UsualRow } from './audit-document.ts';
import type { Audit } from './audit.ts';
import { contactsOf, siteContacts } from './contacts.ts';
import { findingRow } from './finding-row.ts';
import { classOf } from './severity.ts';

/** The document of an audit, with the files that it was read from where they are given. */
export function auditDocument(audit: Audit, inputs?: readonly InputRow[]): AuditDocument {
  const { estate, model } = audit;
  const contacts = siteContacts(estate);
  const sites = [...estate.all('site')].map(([id, { name, timeZone, address }]) => ({
    id,
    name,
    timeZone,
    ...(address === undefined ? {} : { address }),
    contacts: contacts.get(id) ?? [],
  }));
  const counts = Object.fromEntries(
    (['door', 'view', 'area', 'device', 'network', 'circuit', 'service'] as const).map((kind) => [
      kind,
      estate.all(kind).size,
    ]),
  );
  return {
    holdfast: { kind: 'audit', version: 1 },
    estate: { hash: audit.hash, sites, counts },
    ...(inputs === undefined ? {} : { inputs }),
    contacts: contactsOf(estate, [
      ...[...contacts.values()].flat().map(({ party }) => party),
      ...audit.answers.flatMap(({ row }) => row.calls).map(({ party }) => party),
    ]),
    today: audit.today,
    start: new Date(audit.start).toISOString(),
    places: placesOf(audit),
    names: namesOf(audit),
    usual: audit.usuals.map((usual) => usualRows(audit, usual)),
    scenarios: audit.answers.map(({ row }) => row),
    findings: audit.findings.map((finding) =>
      findingRow(finding, () =>
        finding.evidence.map(({ place, capability, timeline }) => ({
          place,
          capability,
          before: timeline.before,
          steps: audit.rows.steps(timeline),
        })),
      ),
    ),
    questions: audit.questions.map(({ fact, rests, settles }) => {
      const whom = whomToAsk(model, fact.kind, fact.id);
      const at = estate.at(fact.kind, fact.id, fact.path);
      const note = noteOf(estate.get(fact.kind, fact.id), fact.path);
      return {
        what: fact.what,
        subject: fact.id,
        path: fact.path.join('.'),
        rests,
        settlesAtLeast: settles[0],
        settlesAtMost: settles[1],
        ...(note === undefined ? {} : { note }),
        ...(whom === undefined ? {} : { whom }),
        ...(at ? { at } : {}),
      };
    }),
    ...(audit.tried === undefined ? {} : { tried: audit.tried }),
    ...(audit.segmentation === undefined ? {} : { segmentation: audit.segmentation }),
    ...(audit.pivots === undefined ? {} : { pivots: audit.pivots }),
  };
}

/** The note beside a fact, where there is one. */
function noteOf(entity: unknown, path: FactRef['path']): string | undefined {
  const fact = path.reduce<unknown>(
    (inside, key) => (inside as Readonly<Record<string | number, unknown>> | undefined)?.[key],
    entity,
  );
  const note = (fact as { readonly note?: unknown } | undefined)?.note;
  return typeof note === 'string' ? note : undefined;
}

/** Who can answer: the vendor of a product, else whoever maintains or owns the thing. */
function whomToAsk(model: Model, kind: string, id: string): string | undefined {
  const { estate } = model;
  const profile = kind === 'profile' ? estate.get('profile', id) : undefined;
  if (profile) return profile.vendor;
  const device = estate.get('device', id);
  const party = [device?.maintainer, device?.owner].find(
    (each): each is string => typeof each === 'string' && estate.get('party', each) !== undefined,
  );
  return party === undefined ? undefined : estate.nameOf(party);
}

function placesOf({ model, quiet }: Audit): readonly PlaceRow[] {
  const byPlace = Map.groupBy(model.capabilities, (capability) => capability.place);
  return [...byPlace].map(([id, capabilities]) => {
    const placeClass = classOf(model, id);
    return {
      id,
      name: model.estate.nameOf(id),
      kind: model.estate.kindOf(id) ?? 'place',
      site: capabilities[0]?.site ?? id,
      ...(placeClass === undefined ? {} : { class: placeClass }),
      capabilities: capabilities.map((each) => ({
        name: each.name,
        title: phrases[each.name].title,
        function: each.function,
        verdict: verdictAt(quiet.timeline(each), asMillis(0)),
      })),
    };
  });
}

/** What the guard posts and the subjects of findings are called. */
function namesOf({ model, findings, segmentation, pivots = [] }: Audit): Readonly<Record<string, string>> {
  const ids = new Set([
    ...model.estate.all('post').keys(),
    ...findings.flatMap(({ subject, places }) => [...subject.split('+'), ...places]),
    ...(segmentation?.sources ?? []).map(({ device }) => device),
    ...(segmentation?.zones ?? []).flatMap(({ places }) => places),
    ...(segmentation?.cells ?? []).flatMap(({ flows }) =>
      flows.flatMap(({ under, hops, conduit }) => [
        under ?? '',
        conduit ?? '',
        ...hops.map(({ router }) => router),
      ]),
    ),
    ...pivots.flatMap(({ from }) => from.split(':').slice(1)),
  ]);
  return Object.fromEntries(
    [...ids].toSorted().flatMap((id) => {
      const name =
        model.components.get(id)?.name ??
        (model.estate.kindOf(id) === undefined ? undefined : model.estate.nameOf(id));
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

/** The capabilities that do not keep one verdict without any fault, or keep another than at the start of the audit. */
function usualRows({ model, quiet, rows }: Audit, usual: Answer): readonly UsualRow[] {
  return model.capabilities.flatMap((each) => {
    const timeline = usual.timeline(each);
    const { before, steps } = timeline;
    const first = verdictAt(quiet.timeline(each), asMillis(0));
    if (steps.every(({ verdict }) => verdict === first)) return [];
    return [{ place: each.place, capability: each.name, before, steps: rows.steps(timeline) }];
  });
}

/** `4h`, for headings. */
export const spellSpan = (millis: number): string => formatDuration(asMillis(millis));
