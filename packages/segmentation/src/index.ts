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
