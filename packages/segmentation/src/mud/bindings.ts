import {
  date,
  listOf,
  mapOf,
  number,
  object,
  oneOrMany,
  readDocument,
  required,
  type Path,
  type Shape,
  type SourceFile,
} from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type Interval, type IntervalSet } from '../model/interval.ts';

/** What the words of a MUD file stand for at one site. */
export interface Bindings {
  /** The device itself. */
  readonly device: IntervalSet;
  readonly localNetworks?: IntervalSet;
  readonly myController?: IntervalSet;
  readonly sameManufacturer?: IntervalSet;
  readonly controllers: ReadonlyMap<string, IntervalSet>;
  readonly manufacturers: ReadonlyMap<string, IntervalSet>;
  readonly models: ReadonlyMap<string, IntervalSet>;
  /** The addresses of DNS names on one day. */
  readonly names: ReadonlyMap<string, IntervalSet>;
  readonly namesAsOf?: string;
}

const prefix: Shape<Interval> = {
  expected: 'an address or a prefix',
  read(value, trail, sink) {
    const found = typeof value === 'string' ? prefixOf(value) : undefined;
    if (found === undefined)
      sink.report(trail, 'value-invalid', `expected ${this.expected}`, 'for example 10.20.30.0/24');
    return found;
  },
  schema: () => ({ type: 'string' }),
};

const addresses = oneOrMany(prefix);
const anyKey = { accepts: () => true, hint: '', schema: {} };
const byName = mapOf('names with their addresses', addresses, anyKey);

/** The version of the bindings file. */
const version = 1;

const shape = object('bindings', {
  holdfastBindings: required(
    number('the version of the file, 1', { min: version, max: version, whole: true }),
  ),
  device: addresses,
  localNetworks: addresses,
  myController: addresses,
  sameManufacturer: addresses,
  controllers: byName,
  manufacturers: byName,
  models: byName,
  names: object('addresses of DNS names', {
    asOf: required(date),
    addresses: required(mapOf('names with their addresses', listOf(prefix), anyKey)),
  }),
});

/**
 * Reads what the words of MUD files stand for: `device`, `localNetworks`, `myController`, `sameManufacturer`, `controllers`,
 * `manufacturers` and `models` by their URI or name, and `names`, a dated table of DNS names. `device` replaces the file's.
 * Every problem at its line. Codes: those of YAML documents.
 */
export function readBindings(
  file: SourceFile | undefined,
  device: string | undefined,
): Result<Bindings, readonly Problem[]> {
  const named = device === undefined ? undefined : prefixOf(device);
  if (device !== undefined && named === undefined)
    return fail([
      problem('usage', `'${device.slice(0, 60)}' is no address`, { hint: '--device 10.20.30.41' }),
    ]);
  const read = file === undefined ? undefined : readDocument(file, shape);
  if (read?.kind === 'error') return read;
  const value = read?.value.value;
  const own = named === undefined ? value?.device : [named];
  if (own === undefined)
    return fail([
      problem('usage', 'the address of the device is not known', {
        hint: 'add --device ADDRESS, or device: to the bindings',
        ...(read === undefined ? {} : { at: read.value.at([] satisfies Path) }),
      }),
    ]);
  return ok({
    device: intervalSet(own),
    ...(value?.localNetworks && { localNetworks: intervalSet(value.localNetworks) }),
    ...(value?.myController && { myController: intervalSet(value.myController) }),
    ...(value?.sameManufacturer && { sameManufacturer: intervalSet(value.sameManufacturer) }),
    controllers: setsOf(value?.controllers),
    manufacturers: setsOf(value?.manufacturers),
    models: setsOf(value?.models),
    names: setsOf(value?.names?.addresses, (name) => name.toLowerCase().replace(/\.$/, '')),
    ...(value?.names === undefined ? {} : { namesAsOf: value.names.asOf }),
  });
}

const setsOf = (
  all: Readonly<Record<string, readonly Interval[]>> | undefined,
  key: (name: string) => string = (name) => name,
): ReadonlyMap<string, IntervalSet> =>
  new Map(Object.entries(all ?? {}).map(([name, each]) => [key(name), intervalSet(each)]));
