export { launchBrowser } from './browser.ts';
export { equationCase, type EquationCase } from './equation-generator.ts';
export {
  simulateEquations,
  type Course,
  type Equation,
  type Otherwise,
  type Outage,
  type Pair,
  type Side,
} from './equation-oracle.ts';
export {
  asNdjson,
  estateLines,
  loaded,
  randomFaults,
  type Line,
  type RandomFault,
} from './estate-generator.ts';
export { simulateEstate, type Question, type Strike, type Verdict, type Verdicts } from './estate-oracle.ts';
export { jsonMutations } from './json-mutations.ts';
export { styledYaml } from './styled-yaml.ts';
export { seeded } from './seeded.ts';
export { holdfastBinary, runHoldfast, type Ran } from './command-line.ts';
export { Dice } from './dice.ts';
export { boundaryPackets, randomFirewall, type FirewallTraits } from './firewall-generator.ts';
export { judge, type Judgement } from './firewall-oracle.ts';
export { randomIntent, randomInterfaces, type IntentTraits } from './intent-generator.ts';
export { randomTree, type RandomGate, type RandomTree } from './fault-tree-generator.ts';
export { cutSetsByTrial, probabilityByTrial, type TreeFormula } from './fault-tree-oracle.ts';
