import type { ScenarioClock } from '../reading/scenario-clock.ts';
import type { Fare } from '../reading/place-reading.ts';
import type { Span } from '../reading/timeline.ts';
import { markup, type Markup } from './markup.ts';

/** What a stretch of a bar shows. */
export interface Stretch {
  readonly fare: Fare;
  readonly label: string;
  /** What the label means, where it needs saying. */
  readonly meaning?: string;
}

/** How each fare is called in a legend. */
export const fareWords: Readonly<Record<Fare, { readonly short: string; readonly long: string }>> = {
  holds: { short: 'holds', long: 'holds' },
  mixed: { short: 'fails (part unknown)', long: 'fails because of the fault, and more is unknown' },
  fails: { short: 'fails', long: 'fails because of the fault' },
  unknown: { short: 'unknown', long: 'unknown: the facts do not settle it' },
  less: { short: 'reduced', long: 'only a convenience is lost' },
  anyway: { short: 'fails anyway', long: 'fails or is unknown without the fault as well' },
};

/** A timeline as a bar: exact breakpoints, each stretch with its words. */
export function bar(clock: ScenarioClock, spans: readonly Span<Stretch>[]): Markup {
  const stretches = spans.map(({ from, until, value: { fare, label, meaning } }) => {
    const [left, right] = [clock.share(from), clock.share(until)];
    const width = Math.round((right - left) * 1000) / 1000;
    const words = fare === 'holds' || width < roomFor(label) ? '' : markup`<span>${label}</span>`;
    return markup`<i class="s ${fare}" role="img" title="${span(clock, from, until)} ${label}${meaning === undefined ? '' : `: ${meaning}`}" style="left:${left}%;width:${width}%">${words}</i>`;
  });
  return markup`<div class="bar">${stretches}</div>`;
}

/** The percent of a bar that a label takes in the narrowest place where bars stand. */
const roomFor = (label: string): number => (label.length * 6 + 10) / 3.4;

/** `08:00 to 12:03:`. */
const span = (clock: ScenarioClock, from: number, until: number): string =>
  `${clock.time(from)} to ${clock.time(until)}:`;

/** The axis above bars: marks at round local times, and where the fault ends. */
export function axis(clock: ScenarioClock, most?: number): Markup {
  const marks = clock
    .ticks(most)
    .map(({ at, label }) => markup`<span style="left:${clock.share(at)}%">${label}</span>`);
  return markup`<div class="axis">${marks}</div>`;
}

/** The position of the end of the fault and of the marks, for the lines behind bars. */
export const rulings = (clock: ScenarioClock): Markup => markup`style="--end:${clock.share(clock.length)}%"`;

/** What the colours and patterns mean. */
export function legend(shown: readonly Fare[]): Markup {
  return markup`<ul class="legend">${shown.map((fare) => markup`<li><i class="s ${fare}"></i>${fareWords[fare].long}</li>`)}<li><i class="end"></i>the fault ends</li></ul>`;
}
