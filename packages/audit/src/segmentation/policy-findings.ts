import { known, type Estate } from '@holdfast/estate';
import type { Finding } from '../finding.ts';
import { standing } from '../standing-finding.ts';
import type { Checked } from './crossing-findings.ts';

/** Whether anybody has written down what may pass, and after the configurations were last changed. */
export function policyFindings({ estate, document, configs }: Checked): readonly Finding[] {
  if (estate.all('network').size === 0) return [];
  const [site = ''] = [...estate.all('site').keys()];
  const conduits = [...estate.all('conduit')];
  if (conduits.length === 0 || estate.all('zone').size === 0) {
    const missing =
      estate.all('zone').size === 0 && conduits.length === 0
        ? 'zones and conduits'
        : conduits.length === 0
          ? 'conduits'
          : 'zones';
    const count = document.zones.length;
    return [
      standing({ estate }, site, {
        id: 'SEG-UNDOC',
        verdict: 'fails',
        severity: 'low',
        function: 'segmentation',
        kind: 'site',
        subject: site,
        message: `The estate declares no ${missing}: ${conduits.length === 0 ? `what may pass between its ${count} zones is judged by the policy of the product` : 'what its networks are for is told by what stands in them'}.`,
      }),
    ];
  }
  const newest = [...configs.values()]
    .flatMap(({ sources }) => sources.flatMap(({ captured }) => captured ?? []))
    .toSorted()
    .at(-1);
  return [...stale(estate, site, newest), ...undated(estate, site)];
}

function stale(estate: Estate, site: string, newest: string | undefined): readonly Finding[] {
  const old = [...estate.all('conduit')].filter(([, { approved }]) => {
    const date = known(approved);
    return newest !== undefined && date !== undefined && date < newest;
  });
  const [first] = old;
  if (first === undefined) return [];
  return [
    standing({ estate }, site, {
      id: 'SEG-UNDOC',
      verdict: 'fails',
      severity: 'low',
      function: 'segmentation',
      kind: 'conduit',
      subject: first[0],
      path: ['approved'],
      aspect: 'stale',
      message: `These conduits were agreed on before the newest configuration, of ${newest}, was captured: ${old.map(([id]) => estate.nameOf(id)).join(', ')}.`,
    }),
  ];
}

function undated(estate: Estate, site: string): readonly Finding[] {
  const open = [...estate.all('conduit')].filter(([, { approved }]) => known(approved) === undefined);
  const [first] = open;
  if (first === undefined) return [];
  return [
    standing({ estate }, site, {
      id: 'SEG-UNDOC',
      verdict: 'unknown',
      severity: 'low',
      function: 'segmentation',
      kind: 'conduit',
      subject: first[0],
      aspect: 'undated',
      message: `Nobody has written down when these conduits were agreed on: ${open.map(([id]) => estate.nameOf(id)).join(', ')}.`,
    }),
  ];
}
