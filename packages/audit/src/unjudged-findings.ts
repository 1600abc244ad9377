import { known } from '@holdfast/estate';
import type { Model } from '@holdfast/outage';
import type { Finding } from './finding.ts';
import { standing } from './standing-finding.ts';

/** What an audit passes over in silence: sites of which nothing is asked, and cameras that are in no view. */
export function unjudgedFindings(model: Model, siteOf: (place: string) => string): readonly Finding[] {
  const judged = new Set(model.capabilities.map(({ site }) => site));
  const cameras = Map.groupBy(camerasWithoutView(model), ({ at }) => siteOf(at));
  return [...model.estate.all('site').entries()].flatMap(([site, { name }]) => {
    const own = cameras.get(site) ?? [];
    return [
      ...(judged.has(site) ? [] : [blankSite(model, site, name)]),
      ...(own.length === 0
        ? []
        : [
            lostCameras(
              model,
              site,
              own.map((each) => each.name),
            ),
          ]),
    ];
  });
}

function camerasWithoutView({ estate }: Model): readonly { readonly name: string; readonly at: string }[] {
  const seen = new Set([...estate.all('view').values()].flatMap(({ cameras }) => known(cameras) ?? []));
  return [...estate.all('device')].flatMap(([id, { profile, at }]) =>
    estate.get('profile', known(profile) ?? '')?.class === 'camera' && !seen.has(id)
      ? [{ name: estate.nameOf(id), at }]
      : [],
  );
}

const blankSite = (model: Model, site: string, name: string): Finding =>
  standing(model, site, {
    id: 'OUT-NO-SERVICE',
    verdict: 'unknown',
    severity: 'medium',
    function: 'access',
    kind: 'site',
    subject: site,
    message: `Nothing is judged of ${name}: it has no door, no view, no alarm that the estate describes.`,
    remedy:
      'Describe its doors and views: `holdfast import template doors` writes a sheet to be filled in and imported.',
  });

const namesShown = 5;

function lostCameras(model: Model, site: string, names: readonly string[]): Finding {
  const shown = names.slice(0, namesShown).join(', ');
  const rest = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  return standing(model, site, {
    id: 'GOV-COVERAGE',
    verdict: 'unknown',
    severity: 'low',
    function: 'video',
    kind: 'site',
    subject: site,
    aspect: 'no-view',
    message: `Cameras in no view, so that nothing is asked of them: ${shown}${rest}.`,
    remedy: 'Say under `views` what each camera sees, and how long its recordings are to be kept.',
  });
}
