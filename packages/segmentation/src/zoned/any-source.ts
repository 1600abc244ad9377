import type { ConfigLine } from '../cisco/text/config-lines.ts';
import { family } from '../model/address.ts';
import type { Action } from '../model/firewall.ts';
import type { Chains } from './chains.ts';

/** Any port: which one a translation takes is not known. */
export const freePort = { low: 0n, high: 65_535n } as const;

/** What is done to a source of which it is not known whether and to what it is translated: it becomes any address of its family. */
export function anySource(id: string, line: ConfigLine, chains: Chains): Action {
  const rules = (['ipv4', 'ipv6'] as const).flatMap((which) =>
    chains.rule(
      `${id}/${which}`,
      line,
      { src: [family[which]] },
      chains.translate({ kind: 'source', address: family[which], port: freePort }),
      'whether and to what the source is translated is not known',
    ),
  );
  chains.add(id, rules, chains.reading.at(line), 'what may keep its source or get another');
  return { kind: 'goto', chain: id };
}
