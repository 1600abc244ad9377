export type {
  Action,
  Chain,
  Clause,
  ConfigFile,
  ConfigFormat,
  Firewall,
  Hook,
  Interface,
  Route,
  Rule,
  RuleSource,
  Step,
  Translation,
} from './model/firewall.ts';
export { hooks } from './model/firewall.ts';
export {
  contains,
  intersect,
  intervalSet,
  only,
  subtract,
  type Interval,
  type IntervalSet,
} from './model/interval.ts';
export {
  connectionStates,
  dimensions,
  greatest,
  ipv6Offset,
  type ConnectionState,
  type Dimension,
  type Packet,
} from './model/packet.ts';
export { prefixOf } from './model/address.ts';
export { programOf, type Program } from './engine/program.ts';
export { readNeutral } from './neutral/read-neutral.ts';
export { readSense } from './sense/read-sense.ts';
export type { Decision } from './question/decision.ts';
export { permits, type Permits, type Refusal } from './question/permits.ts';
export { PermittedSet } from './question/permitted.ts';
export { replay } from './question/replay.ts';
export { trace, type Traced } from './question/trace.ts';
export { diff, type Difference } from './question/diff.ts';
export { shadowed } from './shadow/shadowed.ts';
export type { Shadowed } from './shadow/flat.ts';
export {
  diffDocument,
  permitsDocument,
  shadowedLines,
  traceLine,
  type DiffDocument,
  type PermitsDocument,
  type ShadowedLine,
  type TraceLine,
} from './document/answers.ts';
export type { ClauseDocument, PacketDocument } from './document/packet-document.ts';
export { readPackets } from './document/read-packets.ts';
export { readFortigate } from './fortigate/read-fortigate.ts';
export { readJunosSrx } from './junos/read-junos-srx.ts';
export { readCiscoAsa } from './cisco/asa/read-cisco-asa.ts';
export { betweenPorts } from './cisco/ios/between-ports.ts';
export { readCiscoIos } from './cisco/ios/read-cisco-ios.ts';
export {
  readIosSwitching,
  type PortMode,
  type Switching,
  type SwitchPort,
  type Vlan,
} from './cisco/ios/read-ios-switching.ts';
export { connectedRoutes, leavingBy, type Leaving } from './routes/leaving-by.ts';
export { readIpRoute, readIpRouteJson } from './routes/read-ip-route.ts';
export { readShowRoute } from './routes/read-show-route.ts';
export { detectConfig, readableFormats, readFirewall, type ReadableFormat } from './read-firewall.ts';
export { questionOf, type Asked } from './document/question-of.ts';
export { interfaceNumber } from './netfilter/interface-names.ts';
export { readIptablesSave } from './netfilter/save/read-iptables-save.ts';
export { readNftJson } from './netfilter/json/read-nft-json.ts';
export { readNftText } from './netfilter/text/read-nft-text.ts';
export { FlowFilter, type FlowVerdict } from './network/flow-filter.ts';
export { landscapeOf, type ConfigSource, type DeviceConfig, type Landscape } from './network/landscape.ts';
export type { Subnet } from './network/router.ts';
export { internet, type Place } from './network/place.ts';
export { namedConfigs, readDeviceConfigs, type HashedFile, type NamedConfig } from './network/read-config.ts';
export { alongWay, reached, type Between, type Reached } from './network/reach.ts';
export { variantsBetween, type Variant } from './network/variants.ts';
export { clauseOf, type Crossed, type Passage } from './network/crossing.ts';
export { checkPolicy, type PolicyCheck, type PolicyLimits } from './policy/check-policy.ts';
export type { PolicyCell, PolicyFlow, Witness } from './policy/flow.ts';
export type { Zone } from './policy/zones.ts';
export { functionOfClass, isSecurity } from './policy/device-functions.ts';
export { hostsOf, type Host } from './policy/hosts.ts';
export {
  flowDocument,
  segmentationDocument,
  type CellDocument,
  type FlowDocument,
  type HopDocument,
  type SegmentationDocument,
} from './policy/policy-document.ts';
export {
  pathsDocument,
  pivotsDocument,
  type ArrowDocument,
  type BrokenDocument,
  type ClosingDocument,
  type NamedDocument,
  type PassageDocument,
  type PathDocument,
  type PathsDocument,
  type PivotsDocument,
} from './pivot/document.ts';
export { PivotGraph } from './pivot/graph.ts';
export { chosen, pivots, type PivotPath, type Pivots } from './pivot/paths.ts';
export { underFaults, type Opened } from './pivot/under-faults.ts';
export type { Intent, Permission, Service } from './intent/intent.ts';
export { intentOf } from './intent/intent-of.ts';
export { readBindings, type Bindings } from './mud/bindings.ts';
export { tooBroad, type Breadth } from './mud/broadness.ts';
export { mudIntent, type MudIntent } from './mud/mud-intent.ts';
export type { Abstraction, MudEnd, MudEntry, MudFile } from './mud/mud-file.ts';
export { readMud } from './mud/read-mud.ts';
export { writableFormats, type WritableFormat } from './write/formats.ts';
export { generate, type Generated, type WriteOptions } from './write/generate.ts';
export { generatedDocument, type GeneratedDocument } from './write/generated-document.ts';
export type { Proof } from './write/prove.ts';
export { objections } from './policy/objections.ts';
