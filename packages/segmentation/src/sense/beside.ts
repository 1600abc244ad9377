import type { Reading } from './reading.ts';
import { childOf, elementAt, isOn, type Element } from './xml-tree.ts';

/** What changes which packets pass beside the filter and the translations, and is not modelled. */
const parts: readonly (readonly [path: readonly string[], what: string])[] = [
  [
    ['bridges', 'bridged'],
    'bridges join interfaces; hosts on both sides reach each other as the settings of the bridge say',
  ],
  [['captiveportal'], 'a captive portal may hold back hosts until they log in'],
  [['OPNsense', 'captiveportal', 'zones', 'zone'], 'a captive portal may hold back hosts until they log in'],
  [['load_balancer', 'virtual_server'], 'a load balancer takes connections and opens others'],
  [['OPNsense', 'HAProxy'], 'a proxy may take connections and open others'],
  [['installedpackages', 'haproxy'], 'a proxy may take connections and open others'],
  [['installedpackages', 'miniupnpd'], 'hosts may open ports by UPnP'],
  [['installedpackages', 'pfblockerng'], 'a package blocks addresses by lists'],
  [['installedpackages', 'snortglobal'], 'a package blocks addresses by what it sees'],
  [['installedpackages', 'suricata'], 'a package blocks addresses by what it sees'],
];

/** Tells of the parts of a configuration that are there and not modelled. */
export function tellBeside(root: Element, reading: Reading): void {
  for (const [path, what] of parts) {
    const found = elementAt(root, ...path);
    if (found && (found.isFilled || found.children.length > 0)) reading.unmodelled(what, found.at);
  }
  const prevention = elementAt(root, 'OPNsense', 'IDS', 'general');
  if (isOn(prevention, 'ips') && isOn(prevention, 'enabled'))
    reading.unmodelled('intrusion prevention may drop packets by their content', prevention?.at ?? root.at);
  if (elementAt(root, 'system', 'enablenatreflectionhelper'))
    reading.unmodelled('the sources of reflected connections are translated, which is not modelled', root.at);
  const bypass = elementAt(root, 'filter', 'bypassstaticroutes');
  if (bypass && childOf(root, 'staticroutes'))
    reading.unmodelled(
      'packets between the network of an interface and a static route behind it pass without a rule, which is not modelled',
      bypass.at,
    );
}
