import { at, itemsAt, objectAt, textAt, type JsonNode } from '../reading/json-node.ts';

/** One neighbour at one local port. */
export interface Link {
  readonly port: string;
  readonly name?: string;
  readonly chassis: JsonNode | undefined;
  readonly farPort: JsonNode | undefined;
  readonly power: JsonNode | undefined;
  readonly vlans: readonly JsonNode[];
  readonly offset: number;
}

/** The neighbours in either form of the answer; `undefined` of JSON that is none. */
export function linksOf(root: JsonNode): readonly Link[] | undefined {
  const [lldp] = itemsAt(root, 'lldp');
  if (lldp?.kind !== 'object') return undefined;
  return itemsAt(lldp, 'interface').flatMap((entry) => {
    const named = textAt(entry, 'name');
    // `json0` names the port in the entry; `json` makes its name the key.
    if (named !== undefined) return linkOf(named, entry);
    return entry.kind === 'object' ? entry.keys.flatMap((port) => linkOf(port, at(entry, port))) : [];
  });
}

function linkOf(port: string, link: JsonNode | undefined): readonly Link[] {
  if (link?.kind !== 'object') return [];
  const [farPort] = itemsAt(link, 'port');
  const [chassis, name] = chassisOf(link);
  const vlans = [...itemsAt(link, 'vlan'), ...itemsAt(farPort, 'vlan')];
  const [power] = itemsAt(farPort, 'power');
  return [
    { port, chassis, farPort, power, vlans, offset: link.offset, ...(name === undefined ? {} : { name }) },
  ];
}

/** `json` makes the system name the key of the chassis, unless there is none. */
function chassisOf(link: JsonNode): readonly [JsonNode | undefined, string | undefined] {
  const [chassis] = itemsAt(link, 'chassis');
  if (chassis?.kind !== 'object') return [undefined, undefined];
  if (at(chassis, 'id')) return [chassis, valueOf(chassis, 'name')];
  const [name] = chassis.keys;
  return name === undefined ? [undefined, undefined] : [objectAt(chassis, name), name];
}

/** A value in either form: as it stands, as `{value}`, or as a list of one such. */
export function valueOf(node: JsonNode | undefined, ...path: readonly string[]): string | undefined {
  return valuesOf(node, ...path)[0];
}

/** All values of a key that may stand several times. */
export function valuesOf(node: JsonNode | undefined, ...path: readonly string[]): readonly string[] {
  return itemsAt(node, ...path).flatMap((each) => textAt(each) ?? textAt(each, 'value') ?? []);
}

/** A flag; lldpd of some versions writes it as a text. */
export function boolOf(node: JsonNode | undefined, key: string): boolean | undefined {
  const [flag] = itemsAt(node, key);
  if (flag?.kind !== 'scalar') return undefined;
  if (typeof flag.value === 'boolean') return flag.value;
  return flag.value === 'yes' || flag.value === 'true'
    ? true
    : flag.value === 'no' || flag.value === 'false'
      ? false
      : undefined;
}
