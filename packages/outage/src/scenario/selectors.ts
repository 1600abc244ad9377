import { fail, nearestName, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { known } from '@holdfast/estate';
import type { Component, Model } from '../compile/model.ts';
import { standingIn } from './rooms.ts';

/**
 * The components that a selector names: an id, a key such as `internet`, `mains:hq`, `disk:nvr` or `region:aws/eu-west-1`,
 * the id of an area, floor, building or site for all that stands there, `network:ID` for all hosts of a network, `site:ID` for all devices of a site, or `kind:dns` for all services of a kind.
 */
export function select(
  model: Model,
  selector: string,
  hostile = false,
): Result<readonly Component[], Problem> {
  const found = hostile ? hostiles(model, selector) : selected(model, selector);
  if (found.length > 0) return ok(found);
  const near = nearestName(selector, [...model.components.keys(), ...prefixes(model)]);
  const hint = near
    ? `did you mean '${near}'?`
    : 'name a device, cable, circuit, supply, service, path, party or place by its id; or internet, mains:SITE, region:PARTY/NAME, network:ID, site:ID, fire:PANEL, kind:dns';
  return fail(
    problem(
      'selector-unmatched',
      `nothing in the estate is named '${selector}'${hostile ? ' and can turn hostile' : ''}`,
      {
        hint: hostile
          ? 'a service can be hostile, and the reader of a door whose relay is not on its secure side'
          : hint,
      },
    ),
  );
}

function hostiles(model: Model, selector: string): readonly Component[] {
  const direct = model.components.get(`honest:${selector}`);
  if (direct) return [direct];
  return selected(model, selector).flatMap(({ key }) => model.components.get(`honest:${key}`) ?? []);
}

function selected(model: Model, selector: string): readonly Component[] {
  const direct = model.components.get(selector);
  if (direct) return [direct];
  const cut = selector.indexOf(':');
  const [prefix, name] = [selector.slice(0, cut), selector.slice(cut + 1)];
  switch (prefix) {
    case 'network':
      return devices(model, (id) => onNetwork(model, id, name));
    case 'site':
      return devices(model, (id) => model.components.get(id)?.site === name);
    case 'kind':
      return [...model.estate.all('service')].flatMap(([id, service]) =>
        service.kind === name ? (model.components.get(id) ?? []) : [],
      );
    default:
      return standingIn(model, selector);
  }
}

function devices(model: Model, wanted: (id: string) => boolean): readonly Component[] {
  return [...model.estate.all('device').keys()]
    .filter(wanted)
    .flatMap((id) => model.components.get(id) ?? []);
}

const infrastructure = new Set(['switch', 'router', 'firewall', 'access-point']);

/** Hosts only: what carries a network is not one of its hosts. */
function onNetwork(model: Model, device: string, network: string): boolean {
  const data = model.estate.get('device', device);
  const own = [data?.network, ...Object.values(data?.interfaces ?? {}).map((leg) => leg.network)];
  const kind = model.estate.get('profile', known(data?.profile))?.class;
  return own.includes(network) && kind !== undefined && !infrastructure.has(kind);
}

function prefixes(model: Model): readonly string[] {
  return [...model.estate.all('network').keys()].map((id) => `network:${id}`);
}
