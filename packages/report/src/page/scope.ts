import type { AuditDocument } from '@holdfast/audit';
import { bases } from '@holdfast/estate';
import { count } from '../reading/names.ts';
import { basisWords } from './basis.ts';
import { markup, name, when, type Markup } from './markup.ts';

const counted: Readonly<Record<string, string>> = {
  door: 'door',
  view: 'camera view',
  area: 'area',
  device: 'device',
  network: 'network',
  circuit: 'circuit',
  service: 'service',
};

/** What was asked of what, and what an audit does not tell. */
export function scopeSection({
  estate,
  today,
  scenarios,
  places,
  start,
  inputs = [],
}: AuditDocument): Markup {
  const zone = estate.sites[0]?.timeZone ?? 'UTC';
  const capabilities = places.reduce((sum, place) => sum + place.capabilities.length, 0);
  return markup`<section id="scope"><h2>Scope and inputs</h2>
<dl class="facts wide">
<dt>Asked</dt><dd>What ${count(capabilities, 'capability', 'capabilities')} at ${count(places.length, 'place')} do in ${count(scenarios.length, 'scenario')}, at every instant of each.</dd>
<dt>Faults strike</dt><dd>${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(Date.parse(start))} (${zone}), unless a scenario says otherwise. Dates are judged as of ${today}.</dd>
<dt>Sites</dt><dd>${estate.sites.map((site, index) => markup`${index === 0 ? '' : '; '}${name(site.name)}${site.address === undefined ? '' : markup`, ${name(site.address)}`} (${site.timeZone})`)}</dd>
<dt>Estate</dt><dd>${Object.entries(estate.counts)
    .map(([kind, number]) => count(number, counted[kind] ?? kind))
    .join(', ')}</dd>
<dt>Input</dt><dd><code class="hash">${estate.hash}</code><br>The same estate, in any split of files, has the same hash.</dd>
</dl>
${when(inputs.length > 0, () => files(inputs))}
<div class="two"><div><h3>What a verdict rests on</h3><p>A verdict is only as good as the weakest fact behind it. From the strongest to the weakest:</p><ol class="bases">${bases.map((basis) => markup`<li><b>${basis}</b> ${basisWords[basis]}</li>`)}</ol></div>
<div><h3>What this does not tell</h3><ul class="limits">
<li>It tells what the estate as declared would do. What is declared wrongly is told wrongly: drill the answers that matter.</li>
<li>A device works or does not. Slowness, overload and wear are not judged.</li>
<li>A router whose configuration does not lie beside the estate is taken to let everything through in an outage; what it lets an attacker do is then unknown. Faults of the devices' own software are not judged.</li>
<li>It is no certificate of life safety. Escape routes are for the authority and the fire engineer to accept.</li>
</ul></div></div>
</section>`;
}

const filesShown = 500;

/** Each file with the hash of its bytes, as `sha256sum` prints it. */
function files(inputs: NonNullable<AuditDocument['inputs']>): Markup {
  return markup`<details class="inputs"><summary>${count(inputs.length, 'file')}, each with its SHA-256</summary><table><thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead><tbody>${inputs.slice(0, filesShown).map(({ file, sha256 }) => markup`<tr><th scope="row">${name(file)}</th><td><code class="hash">${sha256}</code></td></tr>`)}</tbody></table>${when(inputs.length > filesShown, () => markup`<p class="note">and ${inputs.length - filesShown} more in <code>holdfast audit --format json</code>.</p>`)}</details>`;
}
