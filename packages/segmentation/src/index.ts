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
export { interfaceNumber } from './netfilter/interface-names.ts';
export { readIptablesSave } from './netfilter/read-iptables-save.ts';
export { readNftJson } from './netfilter/read-nft-json.ts';
export { readNftText } from './netfilter/read-nft-text.ts';
