import { fail, ok, problem, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { Clause, ConfigFile, Firewall, Rule } from '../model/firewall.ts';
import { prefixOf } from '../model/address.ts';
import type { Interval } from '../model/interval.ts';

const chain = 'rules';

/**
 * Reads the neutral form of a rule list: `permit|deny PROTO SRC-CIDR LO-HI DST-CIDR LO-HI` a line, first match wins.
 * PROTO is a number or `any`; ports are always given. Lines count from 0 in rule ids, as the form's users count them.
 * What no line matches is denied. Codes: `value-invalid`.
 */
export function readNeutral({ name, text }: ConfigFile): Result<Firewall, readonly Problem[]> {
  const problems: Problem[] = [];
  const rules: Rule[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const at = { file: name, line: index + 1, column: 1 };
    const clause = clauseOf(line.trim().split(/\s+/));
    if (typeof clause === 'string') {
      problems.push(
        problem('value-invalid', `the rule ${clause}`, {
          hint: 'permit|deny PROTO SRC-CIDR LO-HI DST-CIDR LO-HI, for example: permit 6 10.0.0.0/8 0-65535 10.1.2.3/32 443-443',
          at,
        }),
      );
      return;
    }
    rules.push({
      source: { id: `${chain}/${index}`, at, text: line.trim() },
      clauses: [clause],
      unmodelled: [],
      action: { kind: line.trimStart().startsWith('permit') ? 'accept' : 'drop' },
    });
  });
  if (problems.length > 0) return fail(problems);
  const source = {
    id: chain,
    at: { file: name, line: 1, column: 1 },
    text: 'what no line matches is denied',
  };
  return ok({
    format: 'neutral',
    file: name,
    sha256: sha256(text),
    interfaceNames: [''],
    interfaces: [],
    chains: new Map([[chain, { id: chain, rules, policy: 'drop', source }]]),
    steps: { prerouting: [], input: [], forward: [{ kind: 'filter', chain }], output: [], postrouting: [] },
    routes: [],
    problems: [],
  });
}

/** What a line matches, or what is wrong with it. */
function clauseOf(words: readonly string[]): Clause | string {
  const [verb, protocol, from, fromPorts, to, toPorts, ...more] = words;
  if (verb !== 'permit' && verb !== 'deny') return `begins with '${verb}'`;
  if (
    protocol === undefined ||
    from === undefined ||
    fromPorts === undefined ||
    to === undefined ||
    toPorts === undefined
  )
    return `has ${words.length} words, not 6`;
  if (more.length > 0) return `has ${words.length} words, not 6`;
  const [src, dst, sport, dport] = [prefixOf(from), prefixOf(to), portsOf(fromPorts), portsOf(toPorts)];
  if (!src) return `has a source '${from}' that is no prefix`;
  if (!dst) return `has a destination '${to}' that is no prefix`;
  if (!sport || !dport) return `has ports that are not LO-HI`;
  const number = /^\d{1,3}$/.test(protocol) && Number(protocol) <= 255 ? BigInt(protocol) : undefined;
  if (protocol !== 'any' && number === undefined)
    return `has a protocol '${protocol}' that is neither a number nor any`;
  return {
    src: [src],
    dst: [dst],
    sport: [sport],
    dport: [dport],
    ...(number === undefined ? {} : { protocol: [{ low: number, high: number }] }),
  };
}

function portsOf(text: string): Interval | undefined {
  const [, low, high] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  if (low === undefined || high === undefined) return undefined;
  const both = { low: BigInt(low), high: BigInt(high) };
  return both.low <= both.high && both.high <= 65_535n ? both : undefined;
}
