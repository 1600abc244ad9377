import { fail, ok, problem, type Position, type Problem, type Result } from '@holdfast/kernel';
import { prefixOf } from '../model/address.ts';
import type { ConfigFile, Route } from '../model/firewall.ts';

/** The kinds of routes that `ip route` names, and what becomes of packets; `undefined` where they go on. */
const types: ReadonlyMap<string, Route['kind']> = new Map([
  ['unicast', undefined],
  ['local', 'local'],
  ['broadcast', 'local'],
  ['anycast', 'local'],
  ['multicast', undefined],
  ['blackhole', 'discard'],
  ['unreachable', 'discard'],
  ['prohibit', 'discard'],
]);

type Draft = { -readonly [K in keyof Route]: Route[K] };

/**
 * Reads what `ip route` and `ip -6 route` print: one route a line, the ways of a route over several behind `nexthop`.
 * Each way is a route of its own. `family` says what `default` stands for. Codes: `value-invalid`.
 */
export function readIpRoute(
  { name, text }: ConfigFile,
  family: 'ipv4' | 'ipv6' = 'ipv4',
): Result<readonly Route[], readonly Problem[]> {
  const routes: Route[] = [];
  const problems: Problem[] = [];
  let open: Draft | undefined;
  text.split('\n').forEach((line, index) => {
    const words = line
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '\\');
    const at = { file: name, line: index + 1, column: line.length - line.trimStart().length + 1 };
    const [first = ''] = words;
    if (first === '') return;
    if (first === 'nexthop' && open !== undefined) {
      routes.push({ ...open, ...waysOf(words.slice(1)), at });
      return;
    }
    const type = types.has(first) ? first : 'unicast';
    const rest = types.has(first) ? words.slice(1) : words;
    const prefix = prefixNamed(rest[0] ?? '', family);
    if (prefix === undefined) {
      problems.push(
        problem('value-invalid', `'${rest[0] ?? ''}' is no destination`, {
          at,
          hint: 'give what ip route prints',
        }),
      );
      return;
    }
    const kind = types.get(type);
    const ways = split(rest.slice(1));
    const route: Draft = { prefix, ...(kind === undefined ? {} : { kind }), ...waysOf(ways[0] ?? []), at };
    open = route;
    for (const way of ways.slice(1)) routes.push({ ...route, ...waysOf(way) });
    const isWhole = kind !== undefined || route.interface !== undefined || route.via !== undefined;
    if (isWhole && ways.length === 1) routes.push(route);
  });
  return problems.length > 0 ? fail(problems) : ok(routes);
}

/** Cuts the words of a route before each `nexthop`. */
function split(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === 'nexthop') parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

function waysOf(words: readonly string[]): Partial<Route> {
  const after = (word: string): string | undefined => {
    const index = words.indexOf(word);
    return index === -1 ? undefined : words[index + 1];
  };
  // `via inet6 fe80::1` names the family of a gateway that is of another than the route.
  const via = after('via') === 'inet6' ? after('inet6') : after('via');
  const [dev, metric, table] = [after('dev'), after('metric'), after('table')];
  return {
    ...(via === undefined ? {} : { via }),
    ...(dev === undefined ? {} : { interface: dev }),
    ...(metric === undefined ? {} : { metric: Number(metric) }),
    ...(table === undefined || table === 'main' ? {} : { table }),
  };
}

function prefixNamed(text: string, family: 'ipv4' | 'ipv6'): string | undefined {
  if (text === 'default') return family === 'ipv4' ? '0.0.0.0/0' : '::/0';
  if (prefixOf(text) === undefined) return undefined;
  return text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
}

/** What `ip -j route` prints of a route. */
interface JsonRoute {
  readonly type?: string;
  readonly dst?: string;
  readonly gateway?: string;
  readonly via?: { readonly host?: string };
  readonly dev?: string;
  readonly metric?: number;
  readonly table?: string;
  readonly nexthops?: readonly JsonRoute[];
}

/** Reads what `ip -j route` and `ip -6 -j route` print. Codes: `json-syntax`, `value-invalid`. */
export function readIpRouteJson(
  { name, text }: ConfigFile,
  family: 'ipv4' | 'ipv6' = 'ipv4',
): Result<readonly Route[], readonly Problem[]> {
  const start = { file: name, line: 1, column: 1 };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail([
      problem('json-syntax', 'the file is not JSON', { at: start, hint: 'give what ip -j route prints' }),
    ]);
  }
  if (!Array.isArray(parsed))
    return fail([problem('value-invalid', 'the file is no list of routes', { at: start })]);
  const places = placesOf(text, name);
  const problems: Problem[] = [];
  const routes = parsed.flatMap((each: unknown, index): readonly Route[] => {
    const at = places[index] ?? start;
    // Every field is looked at before it is used.
    const given = (typeof each === 'object' && each !== null ? each : {}) as JsonRoute;
    const prefix = typeof given.dst === 'string' ? prefixNamed(given.dst, family) : undefined;
    if (prefix === undefined || !types.has(given.type ?? 'unicast')) {
      problems.push(
        problem('value-invalid', 'the route has no destination, or is of a kind that is not known', { at }),
      );
      return [];
    }
    const kind = types.get(given.type ?? 'unicast');
    const base = { prefix, ...(kind === undefined ? {} : { kind }), ...fieldsOf(given), at };
    return Array.isArray(given.nexthops)
      ? given.nexthops.map((way: JsonRoute) => ({ ...base, ...fieldsOf(way) }))
      : [base];
  });
  return problems.length > 0 ? fail(problems) : ok(routes);
}

function fieldsOf(given: JsonRoute): Partial<Route> {
  const via = given.gateway ?? given.via?.host;
  return {
    ...(typeof via === 'string' ? { via } : {}),
    ...(typeof given.dev === 'string' ? { interface: given.dev } : {}),
    ...(typeof given.metric === 'number' ? { metric: given.metric } : {}),
    ...(typeof given.table === 'string' && given.table !== 'main' ? { table: given.table } : {}),
  };
}

/** Where the objects of a JSON list begin. */
function placesOf(text: string, file: string): readonly Position[] {
  const places: Position[] = [];
  let [depth, line, lineStart, inString] = [0, 1, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (inString) {
      if (char === '\\') index += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '\n') [line, lineStart] = [line + 1, index + 1];
    else if (char === '{' || char === '[') {
      if (depth === 1) places.push({ file, line, column: index - lineStart + 1 });
      depth += 1;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return places;
}
