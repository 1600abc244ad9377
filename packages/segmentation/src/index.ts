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
export { programOf, type Program } from './engine/program.ts';
export { BudgetSpent } from './engine/walk.ts';
export type { Decision } from './question/decision.ts';
export { permits, type Permits, type Refusal } from './question/permits.ts';
export { trace, type Traced } from './question/trace.ts';
