import { known, type Estate, type EntityKind, type Fact } from '@holdfast/estate';
import type { Marks } from '../observation.ts';

/** One mark, as `mark` and `value` together identify. From the strongest to the weakest. */
export const markOrder = ['serial', 'mac', 'address', 'hostname', 'key', 'name', 'id'] as const;
export type MarkName = (typeof markOrder)[number];
export type MarkSet = ReadonlyMap<MarkName, readonly string[]>;

/** What stands for a name when names are compared: letters and digits alone, in lower case. */
export const nameForm = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

const macForm = (mac: string): string => mac.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
const serialForm = (serial: string): string => serial.toLowerCase().replaceAll(/[\s-]+/g, '');
const hostForm = (host: string): string => host.toLowerCase().replace(/\..*$/, '');

/** The marks of an observation, in the form in which they are compared. `key` is only good within exports of one tool. */
export function observedMarks(marks: Marks, id: string, tool: string): MarkSet {
  return setOf({
    serial: [marks.serial].map((each) => each && serialForm(each)),
    mac: (marks.macs ?? []).map(macForm),
    address: (marks.addresses ?? []).map((each) => each.toLowerCase()),
    hostname: [marks.hostname].map((each) => each && hostForm(each)),
    key: [marks.key && `${tool} ${marks.key}`],
    name: [marks.name && nameForm(marks.name)],
    id: [id],
  });
}

/** The marks of a declared entity. A leased address tells nothing. */
export function declaredMarks(estate: Estate, kind: EntityKind, id: string): MarkSet {
  const data = estate.get(kind, id);
  const name = (data as { readonly name?: string } | undefined)?.name;
  const device = kind === 'device' ? estate.get('device', id) : undefined;
  const legs = device ? [device, ...Object.values(device.interfaces ?? {})] : [];
  const isLeased = device !== undefined && known(device.addressing) === 'dhcp';
  const serial = known(device?.serial as Fact<string> | undefined);
  return setOf({
    serial: [serial && serialForm(serial)],
    mac: legs.map(({ mac }) => mac && macForm(mac)),
    address: isLeased ? [] : legs.flatMap(({ address }) => address ?? []).map((each) => each.toLowerCase()),
    hostname:
      kind === 'device' ? [id, name && /^[\w-]+(?:\.[\w.-]+)?$/.test(name) ? hostForm(name) : undefined] : [],
    key: [],
    name: [name && nameForm(name)],
    id: [id],
  });
}

function setOf(marks: Readonly<Record<MarkName, readonly (string | undefined)[]>>): MarkSet {
  return new Map(
    markOrder.map((mark) => [
      mark,
      [...new Set(marks[mark].filter((each) => each !== undefined && each !== ''))] as string[],
    ]),
  );
}
