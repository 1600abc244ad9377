import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomIntent, randomInterfaces } from '@holdfast/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { readBindings } from '../mud/bindings.ts';
import { tooBroad } from '../mud/broadness.ts';
import { mudIntent } from '../mud/mud-intent.ts';
import { readMud } from '../mud/read-mud.ts';
import { writableFormats } from './formats.ts';
import { generate } from './generate.ts';
import { generatedDocument } from './generated-document.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const schema = JSON.parse(readFileSync(join(root, 'schemas', 'generated.schema.json'), 'utf8')) as object;
const validate = new Ajv2020().compile(schema);

test.each(writableFormats)('%s: is what schemas/generated.schema.json says', (format) => {
  for (const seed of [1, 2, 3]) {
    const intent = randomIntent(seed, { portsOf: [6, 17] });
    const written = generate(intent, format, { interfaces: randomInterfaces });
    if (written.kind === 'error') throw new TypeError(JSON.stringify(written.error));
    const document: unknown = JSON.parse(JSON.stringify(generatedDocument(intent, written.value)));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...(document as object), proof: { equal: false } })).toBe(false);
  }
});

test('tells what of a MUD file is too broad, and what has no effect', () => {
  const name = 'doorbell.mud.json';
  const text = readFileSync(join(root, 'packages/segmentation/fixtures/mud', name), 'utf8');
  const mud = readMud({ name, text });
  const bindings = readBindings(
    { name: 'b.yaml', text: 'holdfastBindings: 1\nlocalNetworks: 10.20.0.0/16\n' },
    '10.20.30.9',
  );
  if (mud.kind === 'error' || bindings.kind === 'error') throw new TypeError('the fixture is broken');
  const meant = mudIntent(mud.value, bindings.value);
  if (meant.kind === 'error') throw new TypeError('the fixture is broken');
  const written = generate(meant.value.intent, 'nftables');
  if (written.kind === 'error') throw new TypeError('the fixture is broken');
  const document = generatedDocument(meant.value.intent, written.value, {
    broad: tooBroad(mud.value),
    notes: meant.value.notes,
  });
  expect(validate(JSON.parse(JSON.stringify(document))), JSON.stringify(validate.errors)).toBe(true);
  expect(document.broad[0]).toMatchObject({
    kind: 'everybody-any-port',
    entry: 'from-ipv4-doorbell/from-ipv4-doorbell-1',
    pointer: '/ietf-access-control-list:access-lists/acl/0/aces/ace/1',
  });
  expect(document.permissions[3]).toMatchObject({
    id: 'to-ipv4-doorbell-0',
    src: ['10.20.0.0/16'],
    services: ['tcp/80'],
  });
  expect(document.notes).toHaveLength(2);
});
