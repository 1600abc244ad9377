import { known, type EntityData, type Profile } from '@holdfast/estate';
import { buildForwarding, type Forwarding } from '@holdfast/topology';
import type { NodeId } from '../solver/system.ts';
import type { Context, Located } from './context.ts';

/** What an estate says of one thing: facts, roles, and what can fail by itself. */
export class Elements {
  readonly context: Context;
  readonly forwarding: Forwarding;

  constructor(context: Context) {
    this.context = context;
    this.forwarding = buildForwarding(context.estate);
  }

  /** The profile of a device, where it is known. */
  profile(device: string): Profile | undefined {
    const { estate } = this.context;
    return estate.get('profile', known(estate.get('device', device)?.profile));
  }

  /** A fact by name: of the device, else of its profile. */
  fact(device: string, name: string): Located<string | number | boolean> {
    const { estate } = this.context;
    const data = estate.get('device', device);
    const own = ownFact(data, name);
    const what = `${name.replaceAll('-', ' ')} of ${estate.nameOf(device)}`;
    if (own.fact !== undefined) return { ...own, kind: 'device', id: device, what };
    const profile = known(data?.profile) ?? '';
    const claimed = estate.get('profile', profile);
    if (claimed?.facts?.[name] !== undefined)
      return {
        fact: claimed.facts[name],
        kind: 'profile',
        id: profile,
        path: ['facts', name],
        what: `${name.replaceAll('-', ' ')} of ${claimed.name}`,
      };
    return { fact: undefined, kind: 'device', id: device, path: own.path, what };
  }

  /** Who fills a role of a device: as itself, its network or its site says. */
  bound(device: string, role: string): Located<readonly string[]> {
    const { estate } = this.context;
    const data = estate.get('device', device);
    const what = `the ${role} of ${estate.nameOf(device)}`;
    const own = data?.uses?.[role];
    if (own !== undefined) return { fact: own, kind: 'device', id: device, path: ['uses', role], what };
    const network = data?.network ?? Object.values(data?.interfaces ?? {})[0]?.network;
    const ofNetwork = estate.get('network', network)?.uses?.[role];
    if (network !== undefined && ofNetwork !== undefined)
      return { fact: ofNetwork, kind: 'network', id: network, path: ['uses', role], what };
    const site = this.context.site(device);
    const ofSite = estate.get('site', site)?.uses?.[role];
    if (site !== undefined && ofSite !== undefined)
      return { fact: ofSite, kind: 'site', id: site, path: ['uses', role], what };
    return { fact: undefined, kind: 'device', id: device, path: ['uses', role], what };
  }

  cable(id: string): NodeId {
    const ends = this.forwarding.cables.get(id);
    const { estate } = this.context;
    const name = ends ? `the cable between ${estate.nameOf(ends.from)} and ${estate.nameOf(ends.to)}` : id;
    return this.context.component(id, 'cable', name, ends?.from);
  }

  path(id: string): NodeId {
    return this.context.component(id, 'path', this.context.estate.nameOf(id));
  }

  party(id: string): NodeId {
    return this.context.component(id, 'party', this.context.estate.nameOf(id));
  }

  internet(): NodeId {
    return this.context.component('internet', 'internet', 'the internet');
  }

  circuit(id: string): NodeId {
    const { context } = this;
    return context.once(`circuit ${id}`, () => {
      const data = context.estate.get('circuit', id);
      const parts = [context.component(id, 'circuit', context.estate.nameOf(id), data?.on[0])];
      if (data?.peer === undefined) parts.push(this.internet());
      if (data?.peer === undefined && data?.to !== undefined && known(data.to) === undefined) {
        parts.push(
          context.truth({
            fact: 'unknown',
            kind: 'circuit',
            id,
            path: ['to'],
            what: `where ${context.estate.nameOf(id)} leads`,
          }),
        );
      }
      const provider = known(data?.provider);
      if (provider !== undefined) parts.push(this.party(provider));
      for (const each of known<readonly string[]>(data?.paths) ?? []) parts.push(this.path(each));
      return context.label(context.builder.all(parts), 'circuit', id);
    });
  }

  mains(site: string): NodeId {
    return this.context.component(
      `mains:${site}`,
      'mains',
      `the mains of ${this.context.estate.nameOf(site)}`,
      site,
    );
  }

  /** That the line of a device to what fills a role is whole. */
  line(device: string, role: string): NodeId {
    return this.context.component(
      `line:${device}/${role}`,
      'line',
      `the line from ${this.context.estate.nameOf(device)} to its ${role}`,
      device,
    );
  }
}

const fields: Readonly<Record<string, 'bitrate' | 'storage' | 'credentials' | 'eventsPerHour' | 'battery'>> =
  {
    bitrate: 'bitrate',
    storage: 'storage',
    credentials: 'credentials',
    'events-per-hour': 'eventsPerHour',
    battery: 'battery',
  };

function ownFact(
  data: EntityData<'device'> | undefined,
  name: string,
): Pick<Located<string | number | boolean>, 'fact' | 'path'> {
  const own = data?.facts?.[name];
  if (own !== undefined) return { fact: own, path: ['facts', name] };
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field ? { fact: data?.[field], path: [field] } : { fact: undefined, path: ['facts', name] };
}
