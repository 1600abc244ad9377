import { known, type EntityData, type Estate, type FunctionName } from '@holdfast/estate';
import type { Millis } from '@holdfast/kernel';
import type { NodeId, Readings } from '../solver/system.ts';
import { Context, type Located } from './context.ts';
import { diskArray } from './disks.ts';
import { Doors } from './doors.ts';
import { Expressions } from './expressions.ts';
import { all, any, node } from './formula.ts';
import { Infrastructure } from './infrastructure.ts';
import type { Capability, CapabilityName, Component, Formula, Model } from './model.ts';
import type { Permits } from './permits.ts';
import { Recordings } from './recordings.ts';

const functionOf: Readonly<Partial<Record<CapabilityName, FunctionName>>> = {
  'releases-on-fire': 'fire-release',
};

/**
 * Turns an estate into components, requirement equations and the capabilities of its places. Where `permits` is given,
 * who reaches whom is a matter of what routers let pass, too.
 * @see SPEC.md
 */
export function compile(estate: Estate, permits?: Permits): Model {
  return new Compiler(estate, permits).run();
}

class Compiler {
  readonly #estate: Estate;
  readonly #context: Context;
  readonly #infrastructure: Infrastructure;
  readonly #expressions: Expressions;
  readonly #capabilities: Capability[] = [];
  readonly #lockable = new Map<string, Formula>();
  readonly #scheduled = new Map<string, Formula>();
  readonly #recordingTimes = new Map<string, Readings<Millis>>();

  constructor(estate: Estate, permits?: Permits) {
    this.#estate = estate;
    this.#context = new Context(estate);
    this.#infrastructure = new Infrastructure(this.#context, permits);
    this.#expressions = new Expressions(this.#context, this.#infrastructure);
  }

  run(): Model {
    const doors = new Doors(this.#infrastructure, this.#expressions);
    for (const [id, door] of this.#estate.all('door')) {
      for (const [name, formula] of doors.compile(id, door)) this.#add('access', id, name, formula);
      this.#lockable.set(id, doors.lockable(id, door));
      this.#scheduled.set(id, doors.scheduled(id, door));
      if (door.intercom !== undefined) this.#intercom(id, door, door.intercom);
    }
    this.#views();
    this.#alarms();
    this.#cooling();
    this.#operators();
    this.#remainder();
    this.#context.finish();
    return this.#model();
  }

  #add(wanted: FunctionName, place: string, name: CapabilityName, formula: Formula): void {
    const site = this.#context.site(place) ?? place;
    this.#capabilities.push({
      id: `${place}/${name}`,
      function: functionOf[name] ?? wanted,
      name,
      place,
      site,
      formula,
    });
  }

  #provides(device: string, capability: string): Formula {
    return node(this.#expressions.provides(device, capability));
  }

  #intercom(door: string, data: EntityData<'door'>, device: string): void {
    this.#add('intercom', door, 'call-answered', this.#provides(device, 'calls'));
    const sources = known<readonly string[]>(data.lock.power);
    const powered = sources ? [node(this.#infrastructure.source(sources))] : [];
    this.#add('intercom', door, 'opens-from-call', all(this.#provides(device, 'opens'), ...powered));
  }

  #views(): void {
    const recordings = new Recordings(this.#infrastructure);
    for (const [id, view] of this.#estate.all('view')) {
      const cameras = known(view.cameras);
      if (!cameras) {
        const located: Located<readonly string[]> = {
          fact: view.cameras,
          kind: 'view',
          id,
          path: ['cameras'],
          what: `the cameras of ${view.name}`,
        };
        this.#add('video', id, 'records', node(this.#context.whileNothingFails(located)));
        continue;
      }
      const kept = recordings.keptOf(cameras);
      if (kept) this.#recordingTimes.set(id, kept);
      const join = view.needs === 'all' ? all : any;
      const each = (capability: string): Formula =>
        join(...cameras.map((camera) => this.#provides(camera, capability)));
      this.#add('video', id, 'records', each('records'));
      this.#add(
        'video',
        id,
        'keeps-recordings',
        join(
          ...cameras.map((camera) =>
            all(this.#provides(camera, 'keeps'), node(recordings.longEnough(id, view, camera))),
          ),
        ),
      );
      this.#add('video', id, 'live', each('live'));
      this.#add(
        'video',
        id,
        'playback',
        join(
          ...cameras.map((camera) => all(this.#provides(camera, 'playback'), node(recordings.held(camera)))),
        ),
      );
    }
  }

  #alarms(): void {
    const detectors = new Map<string, string[]>();
    for (const [id, device] of this.#estate.all('device')) {
      for (const place of device.detects ?? []) detectors.set(place, [...(detectors.get(place) ?? []), id]);
    }
    const paths = new Map<string, NodeId[]>();
    for (const [id, transmission] of this.#estate.all('transmission')) {
      paths.set(transmission.panel, [
        ...(paths.get(transmission.panel) ?? []),
        this.#transmission(id, transmission),
      ]);
    }
    for (const [id, area] of this.#estate.all('area')) {
      const panel = known(area.alarm);
      if (panel === undefined) continue;
      const own = detectors.get(id) ?? [];
      this.#add(
        'alarm',
        id,
        'detects',
        all(this.#provides(panel, 'detects'), any(...own.map((each) => this.#provides(each, 'detects')))),
      );
      this.#add('alarm', id, 'sets', this.#provides(panel, 'sets'));
      this.#add('alarm', id, 'sounds', this.#provides(panel, 'sounds'));
      this.#add('alarm', id, 'reaches-operator', this.#provides(panel, 'signals'));
      this.#add('alarm', id, 'reaches-centre', node(this.#context.builder.any(paths.get(panel) ?? [])));
    }
  }

  #transmission(id: string, data: EntityData<'transmission'>): NodeId {
    const { builder } = this.#context;
    const own = this.#context.component(id, 'transmission', this.#estate.nameOf(id), data.panel);
    const sender = data.communicator ?? data.panel;
    const parts = [own, this.#infrastructure.running(data.panel), this.#infrastructure.running(sender)];
    const over = known(data.over);
    if (over === 'ip') parts.push(this.#infrastructure.use(sender, data.centre));
    else parts.push(this.#infrastructure.service(data.centre), ...this.#carriers(id, data));
    return this.#context.label(builder.all(parts), 'transmission', id);
  }

  #carriers(id: string, data: EntityData<'transmission'>): readonly NodeId[] {
    const operator = known(data.operator);
    const paths = (known<readonly string[]>(data.paths) ?? []).map((each) => this.#infrastructure.path(each));
    if (operator !== undefined) return [this.#infrastructure.party(operator), ...paths];
    const located: Located<string> = {
      fact: data.operator,
      kind: 'transmission',
      id,
      path: ['operator'],
      what: `the operator behind ${this.#estate.nameOf(id)}`,
    };
    return [this.#context.whileNothingFails(located), ...paths];
  }

  #cooling(): void {
    for (const [id, area] of this.#estate.all('area')) {
      const controllers = known(area.cooling);
      if (!controllers || controllers.length === 0) continue;
      const each = (capability: string): Formula =>
        any(...controllers.map((one) => this.#provides(one, capability)));
      this.#add('building-control', id, 'controls-locally', each('controls'));
      this.#add('building-control', id, 'cools', each('cools'));
      this.#add('building-control', id, 'commanded', each('commanded'));
    }
  }

  #operators(): void {
    const bySite = new Map<string, string[]>();
    for (const id of this.#estate.all('device').keys()) {
      const site = this.#context.site(id);
      if (site === undefined || this.#infrastructure.profile(id)?.class !== 'workstation') continue;
      bySite.set(site, [...(bySite.get(site) ?? []), id]);
    }
    for (const [site, stations] of bySite) {
      for (const name of ['sees-alarms', 'sees-video', 'commands-doors'] as const) {
        this.#add('soc', site, name, any(...stations.map((each) => this.#provides(each, name))));
      }
    }
    for (const [id, post] of this.#estate.all('post')) this.#radio(id, post);
  }

  #radio(id: string, post: EntityData<'post'>): void {
    const needs = known(post.radio);
    const located: Located<readonly string[]> = {
      fact: post.radio,
      kind: 'post',
      id,
      path: ['radio'],
      what: `the radio of ${post.name}`,
    };
    const parts = needs
      ? needs.map((each) => this.#radioPart(each))
      : [this.#context.whileNothingFails(located)];
    this.#add('soc', id, 'reaches-guards', node(this.#context.builder.all(parts)));
  }

  #radioPart(id: string): NodeId {
    switch (this.#estate.kindOf(id)) {
      case 'device':
        return this.#infrastructure.running(id);
      case 'service':
        return this.#infrastructure.service(id);
      case 'path':
        return this.#infrastructure.path(id);
      default:
        return this.#infrastructure.party(id);
    }
  }

  /** Whatever no capability needs can still be named in a scenario. */
  #remainder(): void {
    for (const id of this.#estate.all('device').keys()) {
      this.#infrastructure.running(id);
      diskArray(this.#infrastructure, id);
    }
    for (const id of this.#estate.all('service').keys()) this.#infrastructure.service(id);
    for (const id of this.#estate.all('supply').keys()) this.#infrastructure.supply(id);
    for (const id of this.#estate.all('circuit').keys()) this.#infrastructure.circuit(id);
    for (const id of this.#estate.all('path').keys()) this.#infrastructure.path(id);
    for (const id of this.#estate.all('site').keys()) this.#infrastructure.mains(id);
    this.#infrastructure.internet();
  }

  #model(): Model {
    const { components, labels, facts, builder } = this.#context;
    const componentOf = new Map<NodeId, Component>([...components.values()].map((each) => [each.node, each]));
    return {
      estate: this.#estate,
      system: builder.build(),
      components,
      capabilities: this.#capabilities,
      capabilitiesAt: Map.groupBy(this.#capabilities, ({ place }) => place),
      labels,
      facts,
      componentOf,
      recordingTimes: this.#recordingTimes,
      lockable: this.#lockable,
      scheduled: this.#scheduled,
    };
  }
}
