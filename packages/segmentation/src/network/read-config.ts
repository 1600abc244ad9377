import {
  compareProblems,
  fail,
  ok,
  problem,
  type Position,
  type Problem,
  type Result,
} from '@holdfast/kernel';
import { known, type EntityData, type Estate } from '@holdfast/estate';
import { readIosSwitching } from '../cisco/ios/read-ios-switching.ts';
import type { ConfigFile, Route } from '../model/firewall.ts';
import { readFirewall } from '../read-firewall.ts';
import { readIpRoute, readIpRouteJson } from '../routes/read-ip-route.ts';
import { readShowRoute } from '../routes/read-show-route.ts';
import type { ConfigSource, DeviceConfig } from './landscape.ts';

/** A configuration file with the hash of its bytes. */
export interface HashedFile extends ConfigFile {
  readonly sha256: string;
}

/** A configuration that a device of an estate says it runs. */
export interface NamedConfig {
  readonly device: string;
  /** Where it lies, from the folder of the estate. */
  readonly file: string;
  /** Where the estate names it. */
  readonly at: Position | undefined;
}

type Declared = NonNullable<EntityData<'device'>['configurations']>[number];

/** The configuration files that an estate names, by device. */
export function namedConfigs(estate: Estate): readonly NamedConfig[] {
  return [...estate.all('device')].flatMap(([device, { configurations = [] }]) =>
    configurations.map(({ file }, index) => ({
      device,
      file,
      at:
        estate.at('device', device, ['configurations', index, 'file']) ??
        estate.at('device', device, ['configurations']),
    })),
  );
}

/**
 * Reads the configurations of an estate from the files that it names. One that is broken means that none is returned.
 * Codes: `value-invalid`, and those of each reader.
 */
export function readDeviceConfigs(
  estate: Estate,
  files: ReadonlyMap<string, HashedFile>,
): Result<ReadonlyMap<string, DeviceConfig>, readonly Problem[]> {
  const problems: Problem[] = [];
  const configs = new Map<string, DeviceConfig>();
  for (const [device, { configurations }] of estate.all('device')) {
    if (configurations === undefined) continue;
    let config: DeviceConfig = { sources: [] };
    configurations.forEach((declared, index) => {
      const file = files.get(declared.file);
      if (file === undefined) return;
      const at = estate.at('device', device, ['configurations', index]);
      if (declared.sha256 !== undefined && declared.sha256.toLowerCase() !== file.sha256)
        problems.push(
          problem('value-invalid', `${declared.file} is not the file whose hash stands here`, {
            at,
            hint: `its sha256 is ${file.sha256}; capture it again, or write that`,
          }),
        );
      const read = readOne(declared, file, config);
      if (read.kind === 'error') problems.push(...read.error);
      else config = read.value;
    });
    configs.set(device, config);
  }
  return problems.length > 0 ? fail(problems.toSorted(compareProblems)) : ok(configs);
}

function readOne(
  declared: Declared,
  file: HashedFile,
  config: DeviceConfig,
): Result<DeviceConfig, readonly Problem[]> {
  const source: ConfigSource = { file: file.name, sha256: file.sha256, captured: known(declared.captured) };
  const sources = [...config.sources, source];
  switch (declared.holds ?? 'rules') {
    case 'routes': {
      const read = readRoutes(file);
      return read.kind === 'error'
        ? read
        : ok({ ...config, sources, routes: [...(config.routes ?? []), ...read.value] });
    }
    case 'switching': {
      const read = readIosSwitching(file);
      return read.kind === 'error' ? read : ok({ ...config, sources, switching: read.value });
    }
    default: {
      if (config.firewall !== undefined)
        return fail([
          problem('value-invalid', `a device has one set of rules, and ${file.name} is its second`, {
            at: { file: file.name, line: 1, column: 1 },
            hint: 'say `holds: routes` or `holds: switching` where it is of another kind',
          }),
        ]);
      const read = readFirewall(file);
      if (read.kind === 'error') return read;
      const isIos = read.value.format === 'cisco-ios';
      const ports = isIos ? readIosSwitching(file) : undefined;
      return ok({
        ...config,
        sources,
        firewall: read.value,
        ...(ports?.kind === 'ok' && ports.value.ports.length > 0 ? { switching: ports.value } : {}),
      });
    }
  }
}

/** Reads captured routes: `ip -j route`, `ip route`, or what a Cisco prints. */
function readRoutes(file: ConfigFile): Result<readonly Route[], readonly Problem[]> {
  if (/^\s*\[/.test(file.text)) return readIpRouteJson(file);
  return /^(?:Codes:|Gateway of last resort|Routing Table:)/m.test(file.text)
    ? readShowRoute(file)
    : readIpRoute(file);
}
