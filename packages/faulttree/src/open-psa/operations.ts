/** What an operator comes to; undefined for so many arguments. */
type Operation = (values: readonly number[]) => number | undefined;

const fold =
  (combine: (a: number, b: number) => number): Operation =>
  (values) =>
    values.length === 0 ? undefined : values.reduce((a, b) => combine(a, b));

const of =
  (count: number, apply: (...values: readonly number[]) => number): Operation =>
  (values) =>
    values.length === count ? apply(...values) : undefined;

/** P(t) of what fails at one rate and is repaired at another, and is down at the start with a probability. */
function generalizedLife(atStart = 0, failure = 0, repair = 0, time = 0): number {
  const rate = failure + repair;
  if (rate === 0) return atStart;
  return failure / rate - ((failure - atStart * rate) / rate) * Math.exp(-rate * time);
}

const weibull = (scale = 1, shape = 1, shift = 0, time = 0): number =>
  time <= shift ? 0 : -Math.expm1(-(((time - shift) / scale) ** shape));

/** By mean, error factor and level, or by the mean and deviation of the logarithm. */
const lognormal: Operation = (values) => {
  const [first = 0, second = 0] = values;
  if (values.length === 3) return first;
  return values.length === 2 ? Math.exp(first + second ** 2 / 2) : undefined;
};

/**
 * The operators of Open-PSA expressions, and its distributions by their mean.
 * @see Open-PSA Model Exchange Format 2.0d, Stochastic Layer
 */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['neg', of(1, (x = 0) => -x)],
  ['add', fold((a, b) => a + b)],
  ['sub', fold((a, b) => a - b)],
  ['mul', fold((a, b) => a * b)],
  ['div', fold((a, b) => a / b)],
  ['min', fold((a, b) => Math.min(a, b))],
  ['max', fold((a, b) => Math.max(a, b))],
  ['mean', (values) => values.reduce((a, b) => a + b, 0) / values.length],
  ['abs', of(1, (x = 0) => Math.abs(x))],
  ['exp', of(1, (x = 0) => Math.exp(x))],
  ['log', of(1, (x = 0) => Math.log(x))],
  ['log10', of(1, (x = 0) => Math.log10(x))],
  ['sqrt', of(1, (x = 0) => Math.sqrt(x))],
  ['pow', of(2, (base = 0, power = 0) => base ** power)],
  ['exponential', of(2, (rate = 0, time = 0) => -Math.expm1(-rate * time))],
  ['GLM', of(4, generalizedLife)],
  ['Weibull', of(4, weibull)],
  ['uniform-deviate', of(2, (low = 0, high = 0) => (low + high) / 2)],
  ['normal-deviate', of(2, (mean = 0) => mean)],
  ['lognormal-deviate', lognormal],
  ['gamma-deviate', of(2, (shape = 0, scale = 0) => shape * scale)],
  ['beta-deviate', of(2, (alpha = 0, beta = 1) => alpha / (alpha + beta))],
]);
