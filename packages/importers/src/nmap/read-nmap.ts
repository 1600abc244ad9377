import { fail, ok, type Position, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile, Observation, Scope } from '../observation.ts';
import { Ids } from '../observe/id-of.ts';
import { Notes } from '../observe/notes.ts';
import { decode, headOf, notThis, type DecodedFile } from '../reading/decode.ts';
import { HostReader } from './host-reader.ts';
import { isWithin, scannedNetworks } from './scanned-networks.ts';
import { walkXml, type XmlElement } from './walk-xml.ts';

/** Whether a file begins as nmap's XML does. */
export const looksLikeNmap = (bytes: Uint8Array): boolean => /<nmaprun[\s>]/.test(headOf(bytes));

/** What the elements outside of hosts say. */
interface Run {
  start?: string;
  end?: string;
  version?: string;
  args?: string;
  at?: Position;
  isWhole?: boolean;
}

/**
 * Reads nmap's XML (`nmap -oX`): each host that answered is a device with its addresses and `listens`, what answers on its
 * open ports. Where the scan asked who is there and came to its end, its targets are the scope. Hosts that were only
 * listed (`-sL`), or scanned without asking (`-Pn`) and did not answer, are not seen.
 *
 * Fails with `file-unreadable`, `file-too-large`, `xml-syntax` or `format-mismatch`.
 * @see https://nmap.org/book/nmap-dtd.html
 */
export function readNmap(file: ImportFile): Result<Import, readonly Problem[]> {
  const decoded = decode(file);
  if (decoded.kind === 'error') return fail([decoded.error]);
  const run: Run = {};
  const hosts = new HostReader();
  let root: XmlElement | undefined;
  const walked = walkXml(decoded.value, {
    open(element) {
      root ??= element;
      noteRun(run, element);
      hosts.open(element);
    },
    close: (name, around) => hosts.close(name, around),
    text: (text, around) => hosts.text(text, around),
  });
  if (root && root.name !== 'nmaprun')
    return fail([notThis('nmap-xml', root.at, '<nmaprun>', `<${root.name.slice(0, 60)}>`)]);
  return walked.kind === 'error' ? fail([walked.error]) : ok(importOf(decoded.value, run, hosts));
}

function noteRun(run: Run, { name, around, attributes, at }: XmlElement): void {
  const { start, version, args, time, exit, errormsg } = attributes;
  if (name === 'nmaprun' && around.length === 0)
    Object.assign(run, { at, ...(start && { start }), ...(version && { version }), ...(args && { args }) });
  if (name === 'finished' && around.at(-1) === 'runstats')
    Object.assign(run, { ...(time && { end: time }), isWhole: exit !== 'error' && !errormsg });
}

function importOf(file: DecodedFile, run: Run, hosts: HostReader): Import {
  const ids = new Ids();
  const notes = new Notes();
  const observations = hosts.all.map((host) => host.observation(ids));
  const at = run.at ?? file.at(0);
  const scopes = scopesOf(run, observations, notes, at);
  if (hosts.silent > 0)
    notes.add(
      'import-partial',
      `${hosts.silent} of the hosts did not answer: ${hosts.silent === 1 ? 'it is' : 'they are'} not seen`,
      hosts.silentAt ?? at,
      'a scan with -Pn or -sL names every address; scan without them to learn who is there',
    );
  for (const { message, at } of hosts.complaints) notes.add('value-invalid', message, at);
  const capturedAt = isoOf(run.end ?? run.start);
  return {
    file: file.name,
    format: 'nmap-xml',
    sha256: file.sha256,
    ...(capturedAt === undefined ? {} : { capturedAt }),
    tool: `Nmap ${run.version ?? ''}`.trim(),
    observations,
    scopes,
    problems: notes.all(),
  };
}

function scopesOf(
  { args = '', isWhole }: Run,
  observations: readonly Observation[],
  notes: Notes,
  at: Position,
): readonly Scope[] {
  if (!isWhole) {
    notes.add('import-partial', 'the scan did not come to its end', at, 'nothing is told as gone');
    return [];
  }
  if (/\s(?:-Pn|-P0|-PN|-PD|-sL)(?=\s|$)/.test(args)) return [];
  const networks = scannedNetworks(args);
  if (networks === undefined) {
    notes.add('import-partial', 'the command does not say what was scanned', at, 'nothing is told as gone');
    return [];
  }
  const named = observations
    .flatMap(({ marks }) => marks.addresses ?? [])
    .filter((address) => !isWithin(address, networks))
    .map((address) => `${address}/${address.includes(':') ? 128 : 32}`);
  const all = [...networks, ...named];
  return all.length === 0 ? [] : [{ kind: 'device', networks: all }];
}

/** Seconds since 1970, as nmap counts, in ISO 8601. */
function isoOf(seconds: string | undefined): string | undefined {
  if (seconds === undefined || !/^\d{1,11}$/.test(seconds)) return undefined;
  return new Date(Number(seconds) * 1000).toISOString();
}
