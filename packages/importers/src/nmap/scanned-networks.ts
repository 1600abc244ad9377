import { addressOf, networksOf, rangeOf, type AddressRange } from '../observe/address.ts';

/** Options of nmap that take the next word; what follows them is no target. */
const takesWord = new Set(
  `-p -e -S -D -g -b -sI -oN -oX -oS -oG -oA -oM -T -M -m --exclude-ports --script --script-args --script-args-file
   --script-help --max-retries --host-timeout --scan-delay --max-scan-delay --min-rate --max-rate --min-parallelism
   --max-parallelism --min-hostgroup --max-hostgroup --min-rtt-timeout --max-rtt-timeout --initial-rtt-timeout
   --top-ports --port-ratio --version-intensity --max-os-tries --ttl --mtu --data --data-string --data-length
   --dns-servers --proxies --proxy --source-port --spoof-mac --ip-options --scanflags --stats-every --datadir
   --servicedb --versiondb --stylesheet --nsock-engine --route-dst --script-timeout`.split(/\s+/),
);

/** Options that bring targets from outside the command, so that it does not say what was scanned. */
const elsewhere = new Set(['-iL', '-iR', '--excludefile', '--resume']);

/**
 * The networks that a scan asked for, from its command line; `undefined` where that does not say.
 * Names of hosts are left out: what they resolved to stands with the hosts.
 * @see https://nmap.org/book/man-target-specification.html
 */
export function scannedNetworks(args: string): readonly string[] | undefined {
  const words = args.trim().split(/\s+/).slice(1);
  const targets: string[] = [];
  const excluded: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const option = word.split('=', 1)[0] ?? '';
    if (elsewhere.has(option)) return undefined;
    if (option === '--exclude') {
      excluded.push(...(word === option ? (words[(index += 1)] ?? '') : word.slice(10)).split(','));
    } else if (takesWord.has(word)) index += 1;
    else if (!word.startsWith('-')) targets.push(word);
  }
  // Octets as lists multiply: 1-9,20.0,1.* is no range but many.
  const ranges = targets.flatMap(targetRanges);
  const without = excluded.map((each) => targetRanges(each));
  if (ranges.length > most || without.some((each) => each.length === 0)) return undefined;
  return without.flat().reduce<readonly AddressRange[]>(subtract, ranges).flatMap(networksOf);
}

const most = 4096;

/** The ranges of one target: an address, a network, or octets as lists of ranges. */
function targetRanges(target: string): readonly AddressRange[] {
  const plain = rangeOf(target);
  if (plain) return [plain];
  const octets = target.split('.');
  if (octets.length !== 4) return [];
  const [lists, last] = [octets.slice(0, 3).map(octetRanges), octetRanges(octets[3] ?? '')];
  let starts: readonly bigint[] = [0n];
  for (const list of lists) {
    if (starts.length * list.length > most * 256) return [];
    starts = starts.flatMap((start) => list.flatMap(([low, high]) => spread(start, low, high)));
    if (starts.length > most) return [];
  }
  return starts.flatMap((start) =>
    last.map(([low, high]): AddressRange => ({
      family: 4,
      first: (start << 8n) | BigInt(low),
      last: (start << 8n) | BigInt(high),
    })),
  );
}

const spread = (start: bigint, low: number, high: number): readonly bigint[] =>
  Array.from({ length: high - low + 1 }, (_, index) => (start << 8n) | BigInt(low + index));

/** `1-9,20`, `*` or `-10`; nothing where a part is none. */
function octetRanges(text: string): readonly (readonly [number, number])[] {
  const ranges = text.split(',').map((part): readonly [number, number] | undefined => {
    if (part === '*' || part === '-') return [0, 255];
    const match = /^(\d{0,3})(-?)(\d{0,3})$/.exec(part);
    if (!match || part === '') return undefined;
    const low = match[1] === '' ? 0 : Number(match[1]);
    const high = match[2] === '' ? low : match[3] === '' ? 255 : Number(match[3]);
    return low <= high && high <= 255 ? [low, high] : undefined;
  });
  return ranges.some((each) => each === undefined) ? [] : ranges.filter((each) => each !== undefined);
}

function subtract(ranges: readonly AddressRange[], hole: AddressRange): readonly AddressRange[] {
  return ranges.flatMap((range) => {
    if (range.family !== hole.family || hole.last < range.first || hole.first > range.last) return [range];
    return [
      { ...range, last: hole.first - 1n },
      { ...range, first: hole.last + 1n },
    ].filter(({ first, last }) => first <= last);
  });
}

/** Whether an address lies in one of the networks. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const found = addressOf(address);
  return networks.some((network) => {
    const range = rangeOf(network);
    return (
      found !== undefined &&
      range?.family === found.family &&
      range.first <= found.bits &&
      found.bits <= range.last
    );
  });
}
