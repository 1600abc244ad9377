import { fail, InvariantError, ok, type Problem, type Result } from '@holdfast/kernel';
import { readCiscoIos } from '../cisco/ios/read-cisco-ios.ts';
import type { Intent } from '../intent/intent.ts';
import { intentFirewall } from '../intent/intent-firewall.ts';
import { family } from '../model/address.ts';
import type { ConfigFile, Firewall } from '../model/firewall.ts';
import { readIptablesSave } from '../netfilter/save/read-iptables-save.ts';
import { readNftText } from '../netfilter/text/read-nft-text.ts';
import { readSense } from '../sense/read-sense.ts';
import type { WritableFormat } from './formats.ts';
import { grantsOf, type Grant } from './grants.ts';
import { prove, type Comparison, type Proof } from './prove.ts';
import { refusals } from './refusals.ts';
import { writeCiscoIos } from './write-cisco-ios.ts';
import { writeIptables } from './write-iptables.ts';
import { writeNftables } from './write-nftables.ts';
import { opnsenseSurroundings, writeOpnsense } from './write-opnsense.ts';

/** How rules are written. */
export interface WriteOptions {
  /** The interfaces that lists are applied to (`cisco-ios`, where they must be said), or that there are (`opnsense`). */
  readonly interfaces?: readonly string[];
  /** Says what is wrong with an intent by another standard, such as a zone policy; nothing is written then. */
  readonly checkAgainst?: (intent: Intent) => readonly Problem[];
}

/** Rules, and that they permit what was meant. */
export interface Generated {
  readonly format: WritableFormat;
  readonly text: string;
  /** The packets that the rules are about. */
  readonly covers: 'ipv4' | 'ipv6' | 'both';
  /** The rules as they were read back. */
  readonly firewall: Firewall;
  readonly proof: Proof;
}

/** How one format is written, read back, and what it is compared on. */
interface Form {
  readonly write: (grants: readonly Grant[]) => string;
  readonly read: (text: string) => Firewall;
  readonly compared: Omit<Comparison, 'meant' | 'written' | 'bounds'>;
  /** Whether the product passes or stops anything by rules of its own. */
  readonly hasOwnRules: boolean;
}

/**
 * Writes an intent as rules that deny by default and let replies pass, reads them back with the reader of their format, and
 * proves that they permit what was meant and nothing else, of packets that open a connection.
 * Codes: `rule-inexpressible`, `usage`, and those of `checkAgainst`. Throws where the rules read back differ, with a packet:
 * that is a fault of the writer or of the reader, and the rules are not to be used.
 */
export function generate(
  intent: Intent,
  format: WritableFormat,
  options: WriteOptions = {},
): Result<Generated, readonly Problem[]> {
  const interfaces = options.interfaces ?? [];
  const problems = [...refusals(intent, format, interfaces), ...(options.checkAgainst?.(intent) ?? [])];
  if (problems.length > 0) return fail(problems);
  const form = formOf(format, interfaces);
  const grants = grantsOf(intent);
  const firewall = form.read(form.write(grants));
  const proof = prove({
    meant: intentFirewall(intent),
    written: firewall,
    ...form.compared,
    ...(form.hasOwnRules
      ? { bounds: { closed: form.read(form.write([])), open: form.read(form.write(grantsOf(anything))) } }
      : {}),
  });
  if (!proof.equal)
    throw new InvariantError(
      `the ${format} rules ${proof.meant === 'pass' ? 'stop' : 'let pass'} a packet that they should not, by ${proof.rule}: ${JSON.stringify(proof.packet)}`,
    );
  const text = format === 'opnsense' ? writeOpnsense(grants) : form.write(grants);
  return ok({ format, text, covers: form.compared.family ?? 'both', firewall, proof });
}

const everyAddress = [{ low: family.ipv4.low, high: family.ipv6.high }];
const anything: Intent = {
  name: 'anything',
  permissions: [{ id: 'anything', src: everyAddress, dst: everyAddress, services: [{}] }],
};

function formOf(format: WritableFormat, interfaces: readonly string[]): Form {
  switch (format) {
    case 'nftables':
      return form(writeNftables, readNftText, {}, false);
    case 'iptables':
    case 'ip6tables': {
      const of = format === 'iptables' ? 'ipv4' : 'ipv6';
      const read = (file: ConfigFile): ReturnType<typeof readIptablesSave> =>
        readIptablesSave(`${format}-save`, file);
      return form((grants) => writeIptables(grants, of), read, { family: of }, false);
    }
    case 'cisco-ios':
      return form((grants) => writeCiscoIos(grants, interfaces), readCiscoIos, { by: interfaces }, true);
    case 'opnsense': {
      const around = opnsenseSurroundings(interfaces.length === 0 ? ['wan', 'lan'] : interfaces);
      return form((grants) => writeOpnsense(grants, around), readSense, { notBy: ['lo0'] }, true);
    }
    default:
      return format satisfies never;
  }
}

function form(
  write: Form['write'],
  read: (file: ConfigFile) => Result<Firewall, readonly Problem[]>,
  compared: Form['compared'],
  hasOwnRules: boolean,
): Form {
  const readBack = (text: string): Firewall => {
    const result = read({ name: 'written', text });
    if (result.kind === 'ok') return result.value;
    const [first] = result.error;
    throw new InvariantError(
      `the rules written cannot be read back: ${first?.message} at line ${first?.at?.line}`,
    );
  };
  return { write, read: readBack, compared, hasOwnRules };
}
