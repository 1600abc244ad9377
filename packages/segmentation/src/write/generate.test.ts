import {
  boundaryPackets,
  randomIntent,
  randomInterfaces,
  seeded,
  type IntentTraits,
} from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import type { Intent, Permission, Service } from '../intent/intent.ts';
import { intentFirewall } from '../intent/intent-firewall.ts';
import { contains, type IntervalSet } from '../model/interval.ts';
import { ipv6Offset, type Packet } from '../model/packet.ts';
import { trace } from '../question/trace.ts';
import { writableFormats, type WritableFormat } from './formats.ts';
import { generate, type Generated } from './generate.ts';

const traits: Readonly<Record<WritableFormat, IntentTraits>> = {
  nftables: { interfacesOut: true, portsOf: [6, 17, 132, 33], icmpCodes: true },
  iptables: { interfacesOut: true, portsOf: [6, 17, 132], icmpCodes: true },
  ip6tables: { interfacesOut: true, portsOf: [6, 17, 132], icmpCodes: true },
  'cisco-ios': { portsOf: [6, 17, 132], icmpCodes: true },
  opnsense: { portsOf: [6, 17] },
};

/** Whether an intent lets a packet pass, read plainly. */
function isPermitted({ permissions }: Intent, names: readonly string[], packet: Packet): boolean {
  const isIn = (set: IntervalSet | undefined, value: bigint): boolean =>
    set === undefined || contains(set, value);
  const serves = ({ protocol, sport, dport, icmpType, icmpCode }: Service): boolean => {
    const number = protocol === 'icmp' ? (packet.src < ipv6Offset ? 1 : 58) : protocol;
    return (
      (number === undefined || BigInt(number) === packet.protocol) &&
      isIn(sport, packet.sport) &&
      isIn(dport, packet.dport) &&
      (icmpType === undefined || BigInt(icmpType) === packet.icmpType) &&
      (icmpCode === undefined || BigInt(icmpCode) === packet.icmpCode)
    );
  };
  const by = (wanted: readonly string[] | undefined, number: bigint): boolean =>
    wanted === undefined || wanted.includes(names[Number(number)] ?? '');
  const passes = ({ src, dst, services, iif, oif }: Permission): boolean =>
    contains(src, packet.src) &&
    contains(dst, packet.dst) &&
    by(iif, packet.iif) &&
    by(oif, packet.oif) &&
    services.some(serves);
  return permissions.some(passes);
}

const written = (intent: Intent, format: WritableFormat, interfaces = randomInterfaces): Generated => {
  const result = generate(intent, format, { interfaces });
  if (result.kind === 'error') throw new TypeError(JSON.stringify(result.error));
  return result.value;
};

/** A packet as another firewall numbers its interfaces. */
const moved = (packet: Packet, from: readonly string[], to: readonly string[]): Packet => {
  const number = (each: bigint): bigint => BigInt(Math.max(to.indexOf(from[Number(each)] ?? ''), 0));
  return { ...packet, iif: number(packet.iif), oif: number(packet.oif) };
};

describe.each(writableFormats)('%s', (format) => {
  test('random intents are written, read back and equal (W2)', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
        const intent = randomIntent(seed, traits[format]);
        expect(written(intent, format).proof.equal).toBe(true);
      }),
      seeded(format === 'opnsense' ? 12 : 30),
    );
  });

  test('what is written passes what an intent plainly says (W1, W2)', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
        const intent = randomIntent(seed, traits[format]);
        const { firewall, proof } = written(intent, format);
        const meant = intentFirewall(intent);
        const program = programOf(firewall);
        const hasOwnRules = proof.passesAnyway.length + proof.stopsAnyway.length > 0;
        for (const each of boundaryPackets(meant, 30, seed)) {
          const packet = { ...each, state: 0n };
          const isOther = format === 'iptables' || format === 'ip6tables';
          if (isOther && packet.src < ipv6Offset !== (format === 'iptables')) continue;
          const names = meant.interfaceNames;
          if (format === 'cisco-ios' && !randomInterfaces.includes(names[Number(packet.iif)] ?? '')) continue;
          // What a product does by itself is looked at apart.
          if (hasOwnRules && (packet.protocol === 58n || packet.protocol === 112n)) continue;
          if (hasOwnRules && format === 'opnsense' && (packet.sport === 0n || packet.dport === 0n)) continue;
          const { verdict } = trace(program, 'forward', moved(packet, names, firewall.interfaceNames));
          expect({ seed, packet, passes: verdict === 'accept' }).toStrictEqual({
            seed,
            packet,
            passes: isPermitted(intent, names, packet),
          });
        }
      }),
      seeded(format === 'opnsense' ? 8 : 20),
    );
  });
});
