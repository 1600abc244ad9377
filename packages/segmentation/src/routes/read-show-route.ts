import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { prefixOf, spellPrefixes } from '../model/address.ts';
import type { ConfigFile, Route } from '../model/firewall.ts';
import { ipv4Of, maskedSet } from '../cisco/text/wildcard.ts';

/** A line that begins a route: its codes, then its prefix. */
const begin =
  /^([A-Za-z][A-Za-z0-9*%+& ]{0,8}?[*%+]?)\s+((?:\d+\.){3}\d+(?:\/\d+| (?:\d+\.){3}\d+)?|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*\/\d+)(.*)$/;
const unused = /^(Codes|Gateway of last resort|Routing Table|Routing entry|[A-Za-z0-9-]+ - )/;

/**
 * Reads what `show ip route`, `show ipv6 route` (IOS) and `show route` (ASA) print: every prefix with its ways, of which
 * each is a route of its own. All that are printed are in use, so that none has a metric. Routes of code L are the
 * device's own addresses. `Routing Table: NAME` begins the table of a VRF. Codes: `value-invalid`.
 * @see https://www.cisco.com/en/US/docs/ios-xml/ios/iproute_pi/command/iri-cr-s1.html show ip route
 */
export function readShowRoute({ name, text }: ConfigFile): Result<readonly Route[], readonly Problem[]> {
  const routes: Route[] = [];
  const problems: Problem[] = [];
  let table: string | undefined;
  let subnets: Subnets | undefined;
  let open: Pick<Route, 'prefix' | 'kind' | 'table'> | undefined;
  text.split('\n').forEach((raw, index) => {
    const line = raw.trimEnd();
    const at = { file: name, line: index + 1, column: line.length - line.trimStart().length + 1 };
    const vrf = /^Routing Table: (\S+)/.exec(line)?.[1];
    if (vrf !== undefined)
      [table, open, subnets] = [vrf === 'default' ? undefined : vrf, undefined, undefined];
    // `10.0.0.0/24 is subnetted` gives the lines below it their length.
    const [, network = '', length] = /^\s+([\d.]+)\/(\d+) is subnetted/.exec(line) ?? [];
    if (length !== undefined) subnets = { network: majorOf(network), length };
    if (line === '' || unused.test(line.trimStart()) || / is (variably )?subnetted/.test(line)) return;
    const [, codes = '', written = '', rest = ''] = begin.exec(line) ?? [];
    if (written !== '') {
      const prefix = prefixWritten(written, subnets);
      if (prefix === undefined) {
        problems.push(
          problem('value-invalid', `'${written}' is no prefix`, {
            at,
            hint: 'give what show ip route prints',
          }),
        );
        return;
      }
      const kind = /^L[A-Za-z]?\b/.test(codes) && !/^L[12I]/.test(codes) ? ('local' as const) : undefined;
      open = { prefix, ...(kind && { kind }), ...(table === undefined ? {} : { table }) };
      const way = wayOf(rest);
      if (way !== undefined) routes.push({ ...open, ...way, at });
      return;
    }
    const way = open === undefined ? undefined : wayOf(line);
    if (way !== undefined && open !== undefined) routes.push({ ...open, ...way, at });
    else if (/^\S/.test(line) && !line.endsWith('#show ip route') && !/[#>]\s*show /.test(line))
      problems.push(
        problem('value-invalid', 'the line is no route', { at, hint: 'give what show ip route prints' }),
      );
  });
  return problems.length > 0 ? fail(problems) : ok(routes);
}

/** `via ADDRESS, ..., INTERFACE`, `is directly connected, INTERFACE`, or a summary to Null0. */
function wayOf(text: string): Partial<Route> | undefined {
  const via = /\bvia ([0-9A-Fa-f.:]+)(?=,|\s|$)/.exec(text)?.[1];
  const direct = /(?:is directly connected|is a summary[^,]*)(?:, [^,]*)*, ([A-Za-z][\w./:-]*)\s*$/.exec(
    text,
  )?.[1];
  const last = /, ([A-Za-z][\w./:-]*)\s*$/.exec(text)?.[1];
  // IPv6 names the interface of what is connected behind `via`.
  const named = /\bvia ([A-Za-z][\w./-]*\d)(?:, (?:directly connected|receive))?\s*$/.exec(text)?.[1];
  const out = direct ?? named ?? (last === undefined || /^\d/.test(last) ? undefined : last);
  if (via === undefined && out === undefined) return undefined;
  return {
    ...(via === undefined || prefixOf(via) === undefined ? {} : { via }),
    ...(out === undefined ? {} : { interface: out }),
    ...(out !== undefined && /^null0?$/i.test(out) ? { kind: 'discard' as const } : {}),
  };
}

/** A network whose subnets all have one length, which their lines leave out. */
interface Subnets {
  readonly network: string;
  readonly length: string;
}

/** The network of class A, B or C that an address is in, by its bytes. */
function majorOf(address: string): string {
  const bytes = address.split('.');
  const first = Number(bytes[0]);
  return bytes.slice(0, first < 128 ? 1 : first < 192 ? 2 : 3).join('.');
}

function prefixWritten(text: string, subnets: Subnets | undefined): string | undefined {
  const [address = '', mask] = text.split(' ');
  if (mask !== undefined) {
    const [base, bits] = [ipv4Of(address), ipv4Of(mask)];
    const [only] = base === undefined || bits === undefined ? [] : (maskedSet(base, bits) ?? []);
    const [spelt] = only === undefined ? [] : spellPrefixes(only);
    return spelt === undefined || spelt.includes('/') ? spelt : `${spelt}/32`;
  }
  const isSubnet = subnets !== undefined && subnets.network === majorOf(address);
  const whole = address.includes('/') ? address : isSubnet ? `${address}/${subnets.length}` : undefined;
  return whole === undefined || prefixOf(whole) === undefined ? undefined : whole;
}
