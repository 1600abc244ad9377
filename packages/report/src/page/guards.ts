import type { ScenarioRow } from '@holdfast/audit';
import { becauseWords, untilOf } from '../reading/guard-words.ts';
import type { ScenarioClock } from '../reading/scenario-clock.ts';
import { markup, name, when, type Markup } from './markup.ts';

/** Which guard goes where and when, and what nobody is left for. */
export function guardPlanTable(
  clock: ScenarioClock,
  { orders, unmet }: ScenarioRow['guards'],
  nameOf: (id: string) => string,
): Markup {
  if (orders.length + unmet.length === 0) return markup`<p>No place wants a guard because of this.</p>`;
  return markup`${when(
    orders.length > 0,
    () => markup`<table class="plan"><thead><tr><th scope="col">There at</th><th scope="col">Where</th><th scope="col">Who</th><th scope="col">Because it</th><th scope="col">Until</th></tr></thead><tbody>
${orders.map(
  ({
    place,
    post,
    guard,
    because,
    from,
    until,
    arrives,
  }) => markup`<tr><td><time>${clock.time(arrives)}</time>${when(arrives > from, () => markup`<span class="late">alone since ${clock.time(from)}</span>`)}</td><th scope="row">${name(nameOf(place))}</th><td>${name(nameOf(post))}${guard > 1 ? `, guard ${guard}` : ''}</td><td>${becauseWords[because] ?? because}</td><td><time>${untilOf(clock, until)}</time></td></tr>
`,
)}</tbody></table>`,
  )}
${when(unmet.length > 0, () => markup`<div class="unmet"><h4>Nobody is left for</h4><ul>${unmet.map(({ place, because, from, until }) => markup`<li><b>${name(nameOf(place))}</b>, which ${becauseWords[because] ?? because} from <time>${clock.time(from)}</time> to <time>${untilOf(clock, until)}</time></li>`)}</ul></div>`)}`;
}
