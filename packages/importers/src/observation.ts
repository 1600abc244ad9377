import type { Basis, DeviceClass, EntityKind, Path } from '@holdfast/estate';
import type { Json, Position, Problem } from '@holdfast/kernel';

/** A file as it lies on the disk; what reads it never touches the disk itself. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Another thing, by the id that its observation in the same import proposes, else by what the estate or another import calls it. */
export interface ObservedRef {
  readonly kind: EntityKind;
  readonly id: string;
  /** What else it may be, where nothing of that kind is called so. */
  readonly or?: readonly EntityKind[];
  /** The port of that device, where a port is meant. */
  readonly port?: string;
}

/** What a source says at one path of an entity: a value of the estate language, or references to other observations. */
export type Saying = {
  readonly path: Path;
  readonly at: Position;
} & (
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'ref'; readonly to: ObservedRef }
  | { readonly kind: 'refs'; readonly to: readonly ObservedRef[] }
);

/** What tells that a thing seen and a thing declared are one, or that two sources saw the same thing. */
export interface Marks {
  readonly serial?: string;
  /** All hardware addresses, lower case with colons. */
  readonly macs?: readonly string[];
  readonly addresses?: readonly string[];
  /** The host name without its domain, lower case. */
  readonly hostname?: string;
  /** What people call it. */
  readonly name?: string;
  /** Its key in the source, stable from one export to the next: a NetBox id, a door number. */
  readonly key?: string;
}

/** What one source says of one thing, in the words of the estate language. */
export interface Observation {
  readonly kind: EntityKind;
  /** The id that it gets where nothing declared matches it; unique within the import. */
  readonly id: string;
  readonly marks: Marks;
  /** For a device, where the source tells its class: what chooses a profile where vendor and model choose none. */
  readonly deviceClass?: DeviceClass;
  readonly says: readonly Saying[];
  readonly at: Position;
  /** What a person should know to judge it, and the language has no word for: a maker by its MAC, a guess of the tool. */
  readonly note?: string;
}

/** What a source would have shown, were it there: a declared thing in this scope that it does not show is `gone`. */
export interface Scope {
  readonly kind: EntityKind;
  /** Only devices with an address in these; every one where not said. */
  readonly networks?: readonly string[];
  /** Only devices whose profile is of these classes; every one where not said. */
  readonly classes?: readonly DeviceClass[];
  /** Only things of this site, by the id or name that the source gives. */
  readonly site?: string;
  /** What is assumed of a table of this kind, and not said by the file itself: it counts where it shows at least half of what is declared. */
  readonly isAssumed?: boolean;
}

/** The formats that are read. */
export type ImportFormat =
  | 'csv'
  | 'xlsx'
  | 'nmap-xml'
  | 'lldp-json'
  | 'isc-leases'
  | 'kea-leases'
  | 'mac-table'
  | 'arp-table'
  | 'netbox-json';

/** One file, read. `problems` locates what was read past; a file that cannot be read at all is an error instead. */
export interface Import {
  readonly file: string;
  readonly format: ImportFormat;
  readonly sha256: string;
  /** When the tool looked, as it says itself (ISO 8601). */
  readonly capturedAt?: string;
  /** The tool and its version, as it says itself. */
  readonly tool?: string;
  /** What the values rest on; `export` for tables and NetBox, `observed` for the others, where not said. */
  readonly basis?: Basis;
  readonly observations: readonly Observation[];
  readonly scopes: readonly Scope[];
  readonly problems: readonly Problem[];
}
