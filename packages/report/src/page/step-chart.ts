import type { ClassCell, Tally } from '../reading/class-rows.ts';
import type { ScenarioClock } from '../reading/scenario-clock.ts';
import { markup, type Markup } from './markup.ts';

/** How many places of several are worse over time: the height is their share, the pattern what they do. The words beside say it too. */
export function stepChart(clock: ScenarioClock, { theme, places, worse, spans }: ClassCell): Markup {
  const first = spans.find(({ value }) => value.fails + value.unknown > 0);
  const reduced = Math.max(0, ...spans.map(({ value }) => value.less));
  const words =
    first !== undefined
      ? `${worse} of ${places} from ${clock.time(first.from)}`
      : reduced === 0
        ? places === 1
          ? '1 holds'
          : `${places} hold`
        : `${reduced} of ${places} reduced`;
  const steps = spans
    .filter(({ value }) => value.fails + value.unknown + value.less > 0)
    .map(({ from, until, value }) => {
      const [left, right] = [clock.share(from), clock.share(until)];
      return markup`<i title="${clock.time(from)} to ${clock.time(until)}: ${sayTally(value, places)}" style="left:${left}%;width:${Math.round((right - left) * 1000) / 1000}%">${layer('fails', value.fails, places)}${layer('unknown', value.unknown, places)}${layer('less', value.less, places)}</i>`;
    });
  return markup`<span class="cell"><span class="theme">${theme} </span><span class="step" style="--end:${clock.share(clock.length)}%">${steps}</span><span class="cw${first === undefined ? '' : ' bad'}">${words}</span></span>`;
}

const layer = (kind: keyof Tally, number: number, places: number): Markup | false =>
  number > 0 && markup`<b class="${kind}" style="height:${Math.round((number / places) * 1000) / 10}%"></b>`;

function sayTally({ fails, unknown, less }: Tally, places: number): string {
  const parts = [
    fails > 0 ? `${fails} fail` : '',
    unknown > 0 ? `${unknown} unknown` : '',
    less > 0 ? `${less} reduced` : '',
  ];
  return `of ${places} ${parts.filter((part) => part !== '').join(', ')}`;
}
