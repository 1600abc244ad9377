import type { Estate } from '@holdfast/estate';
import type { DeviceConfig, FlowDocument, HopDocument } from '@holdfast/segmentation';

/** Sentences name so many services. */
const mostNamed = 4;

/** What the packets of a flow are, in a few words. */
export function sayPackets({ services, sources, destinations }: FlowDocument): string {
  const named = services.length > mostNamed ? [...services.slice(0, mostNamed), '...'] : services;
  const ends = [
    ...(sources.length === 1 && sources[0] !== 'all' ? [`from ${sources[0]}`] : []),
    ...(destinations.length === 1 && destinations[0] !== 'all' ? [`to ${destinations[0]}`] : []),
  ];
  return [named.join(', '), ...ends].filter((each) => each !== '').join(' ');
}

/** A flow and its witness as lines: the packet at each router, with the rule as it stands in its file. */
export function flowLines(
  estate: Estate,
  configs: ReadonlyMap<string, DeviceConfig>,
  flow: FlowDocument,
): readonly string[] {
  const name = (id: string): string => (id === 'internet' ? 'the internet' : estate.nameOf(id));
  const conduit = flow.conduit === undefined ? '' : ` (conduit ${flow.conduit})`;
  const under = flow.under === undefined ? '' : `, while ${name(flow.under)} is down`;
  const packets = sayPackets(flow);
  return [
    `${name(flow.from)} to ${name(flow.to)}${packets === '' ? '' : `: ${packets}`}${conduit}${under}`,
    ...flow.why.map((each) => `  ${each}`),
    ...flow.hops.flatMap((each) => hopLines(name, configs, each)),
  ];
}

function hopLines(
  name: (id: string) => string,
  configs: ReadonlyMap<string, DeviceConfig>,
  { router, iif, oif, packet, rule }: HopDocument,
): readonly string[] {
  const ends = `${packet.src} -> ${packet.dst} ${packet.protocol}${packet.dport === undefined ? '' : `/${packet.dport}`}`;
  const through = [...(iif === undefined ? [] : [`in ${iif}`]), ...(oif === undefined ? [] : [`out ${oif}`])];
  const head = `  ${[name(router), ...through].join(', ')}: ${ends}`;
  if (rule === null) return [`${head}: its configuration is not known`];
  const source = configs.get(router)?.sources.find(({ file }) => file === rule.at.file);
  const taken =
    source === undefined
      ? ''
      : `, ${source.captured === undefined ? '' : `captured ${source.captured}, `}sha256 ${source.sha256.replace(/^sha256:/, '').slice(0, 12)}`;
  return [
    `${head}: ${rule.id} (${rule.at.file}:${rule.at.line}${taken})`,
    ...(rule.text === '' ? [] : [`    ${rule.text}`]),
  ];
}
