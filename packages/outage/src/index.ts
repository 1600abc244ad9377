export { blackStarts } from './answer/black-start.ts';
export { doorState, doorStates, type DoorState } from './answer/consequence.ts';
export { counterfactuals, type Counterfactual } from './answer/counterfactual.ts';
export {
  guardNeeds,
  guardPlan,
  type GuardNeed,
  type GuardOrder,
  type GuardPlan,
} from './answer/guard-plan.ts';
export { phrases, type Phrase } from './answer/phrases.ts';
export { settlingFacts } from './answer/open-facts.ts';
export { QuestionBook, type OpenVerdict, type Question } from './answer/question-book.ts';
export { OutageSolver, type Answer } from './answer/solve.ts';
export { listNames, plural, sayOf, tell, type StoryLine } from './answer/story.ts';
export {
  firstTime,
  sameTimeline,
  spans,
  verdictAt,
  type Step,
  type Timeline,
  type Verdict,
} from './answer/timeline.ts';
export { leavesOf, type Explanation, type Reason } from './answer/reason.ts';
export { explain } from './answer/why.ts';
export { sayReason, sayReasons } from './answer/words.ts';
export { compile } from './compile/compile.ts';
export type { Permission, Permits } from './compile/permits.ts';
export { isMonotone } from './compile/formula.ts';
export {
  capabilityNames,
  type Capability,
  type CapabilityName,
  type Component,
  type ComponentKind,
  type FactRef,
  type Label,
  type Model,
} from './compile/model.ts';
export { builtIn, defaultLength, scenario, targetLength } from './scenario/built-in.ts';
export { spellTime, startInstant, type Instant } from './scenario/clock.ts';
export type { Asked, Scenario } from './scenario/scenario.ts';
export { select } from './scenario/selectors.ts';
export { adHoc, declared } from './scenario/user.ts';
