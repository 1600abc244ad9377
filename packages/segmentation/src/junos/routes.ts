import { addressOf, prefixOf, spellPrefixes } from '../model/address.ts';
import type { Route } from '../model/firewall.ts';
import type { Objects } from './objects.ts';
import type { Statement } from './statement.ts';

/** The static routes of all routing instances. */
export function routesOf(objects: Objects): readonly Route[] {
  const { root, network } = objects;
  return [
    ...tableOf(root.at('routing-options'), undefined, objects),
    ...network.instances.flatMap((instance) =>
      tableOf(instance.at('routing-options'), instance.word, objects),
    ),
  ];
}

function tableOf(
  options: Statement | undefined,
  table: string | undefined,
  objects: Objects,
): readonly Route[] {
  const statics = [
    ...(options?.below('static', 'route') ?? []),
    ...(options?.below('rib') ?? []).flatMap((rib) => rib.below('static', 'route')),
  ];
  return statics.flatMap((route) => routesTo(route, table, objects));
}

function routesTo(route: Statement, table: string | undefined, { reading }: Objects): readonly Route[] {
  const range = prefixOf(route.word);
  if (range === undefined) {
    reading.error(
      reading.at(route.line),
      `'${route.word.slice(0, 60)}' is no prefix`,
      'for example 0.0.0.0/0',
    );
    return [];
  }
  const [spelt = ''] = spellPrefixes(range);
  const prefix = spelt.includes('/') ? spelt : `${spelt}/${spelt.includes(':') ? 128 : 32}`;
  const rest = { prefix, ...(table === undefined ? {} : { table }), at: reading.at(route.line) };
  const preference = (of: Statement): number | undefined => {
    const value = of.value('preference') ?? '';
    return /^\d{1,10}$/.test(value) ? Number(value) : undefined;
  };
  if (route.has('discard') || route.has('reject'))
    return [{ ...rest, kind: 'discard', metric: preference(route) ?? 5 }];
  const other = route.at('next-table');
  if (other !== undefined) {
    reading.note(reading.at(other.line), 'a route into another table is not modelled');
    return [];
  }
  return [...route.below('next-hop'), ...route.below('qualified-next-hop')].map((hop) => ({
    ...rest,
    ...(addressOf(hop.word) === undefined ? { interface: hop.word } : { via: hop.word }),
    metric: preference(hop) ?? preference(route) ?? 5,
  }));
}
