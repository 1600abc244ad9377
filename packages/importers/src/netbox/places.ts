import { textAt } from '../reading/json-node.ts';
import { ownField, type Export } from './draft.ts';
import { idsAt, type Entry } from './pages.ts';

/** Sites and locations. A location is an area, unless its custom field `holdfast_kind` says that it is a building or a floor. */
export function readPlaces(box: Export): void {
  for (const entry of box.entries('dcim/sites')) {
    const name = textAt(entry.node, 'name') ?? `site ${entry.id}`;
    box
      .begin('site', 'dcim/sites', entry, name)
      .say(['name'], name)
      .say(['timeZone'], textAt(entry.node, 'time_zone'))
      .say(
        ['address'],
        textAt(entry.node, 'physical_address')
          ?.replaceAll(/\s*\n\s*/g, ', ')
          .slice(0, 4000),
      );
  }
  const locations = box.entries('dcim/locations');
  for (const entry of locations) {
    const said = ownField(entry.node, 'kind');
    const kind = said === 'building' || said === 'floor' ? said : 'area';
    const name = textAt(entry.node, 'name') ?? `location ${entry.id}`;
    const draft = box.begin(kind, 'dcim/locations', entry, name).say(['name'], name);
    if (kind === 'area') draft.say(['class'], ownField(entry.node, 'class'));
  }
  for (const entry of locations) {
    const parents = box.refsAt(entry, 'dcim/locations', 'parent');
    const within = parents.length > 0 ? parents : box.refsAt(entry, 'dcim/sites', 'site');
    box.draft('dcim/locations', entry.id)?.refer(['in'], within);
  }
}

/** Providers of circuits. */
export function readProviders(box: Export): void {
  for (const entry of box.entries('circuits/providers')) {
    const name = textAt(entry.node, 'name') ?? `provider ${entry.id}`;
    box.begin('party', 'circuits/providers', entry, name).say(['name'], name).say(['kind'], 'provider');
  }
}

/** Where a thing stands: its location, that of its rack, or its site. */
export function placeOf(box: Export, entry: Entry): ReturnType<Export['refsAt']> {
  const location = box.refsAt(entry, 'dcim/locations', 'location');
  if (location.length > 0) return location;
  const rack = box.entry('dcim/racks', idsAt(entry.node, 'rack')[0]);
  const ofRack = rack ? box.refsAt(rack, 'dcim/locations', 'location') : [];
  if (ofRack.length > 0) return ofRack;
  return box.refsAt(entry, 'dcim/sites', 'site');
}
