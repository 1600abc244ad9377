import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-faulttree-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const cuts = (...words: readonly string[]): ReturnType<typeof runHoldfast> =>
  runHoldfast(['faulttree', 'cuts', ...words]);

const events = ['door', 'mains', 'battery', 'line']
  .map((name) => `<define-basic-event name="${name}"><float value="0.1"/></define-basic-event>`)
  .join('\n');
const tree = (formula: string): string => `<?xml version="1.0"?>
<opsa-mef>
<define-fault-tree name="entrance">
<define-gate name="shut">${formula}</define-gate>
<define-gate name="dark"><and><basic-event name="mains"/><basic-event name="battery"/></and></define-gate>
</define-fault-tree>
<model-data>
${events}
</model-data>
</opsa-mef>
`;
const whole = tree(
  '<or><basic-event name="door"/><gate name="dark"/><and><gate name="dark"/><basic-event name="line"/></and></or>',
);

describe('holdfast faulttree cuts', () => {
  it('prints the counts as JSON, and the sets where they are asked for', async () => {
    const path = await file('tree.xml', whole);
    const { code, stdout, stderr } = await cuts(path, '--format', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual([
      'top',
      'basicEvents',
      'gates',
      'minimalCutSets',
      'byOrder',
      'milliseconds',
    ]);
    expect(document).toMatchObject({
      top: 'shut',
      basicEvents: 4,
      gates: 2,
      minimalCutSets: '2',
      byOrder: { 1: '1', 2: '1' },
      milliseconds: { load: expect.any(Number) as number, solve: expect.any(Number) as number },
    });
    const listed = await cuts(path, '--format', 'json', '--list', '1', '--probability');
    expect(JSON.parse(listed.stdout)).toMatchObject({
      sets: [['door']],
      probability: expect.closeTo(0.109, 12) as number,
      importance: [{ event: 'door' }, {}, {}, { event: 'line', birnbaum: 0 }],
    });
  });

  it('up to an order, and of another top', async () => {
    const path = await file('tree.xml', whole);
    const first = JSON.parse((await cuts(path, '--order', '1', '--format', 'json')).stdout) as unknown;
    expect(first).toMatchObject({ minimalCutSets: '1', byOrder: { 1: '1' }, completeTo: 1 });
    const { stdout } = await cuts(path, '--top', 'dark', '--list', '10');
    expect(stdout).toContain('dark: 1 minimal cut sets, of 2 basic events under 1 gates');
    expect(stdout).toContain('  mains, battery');
  });

  it.each([
    [
      'a not',
      tree('<or><basic-event name="door"/><not><gate name="dark"/></not></or>'),
      ':4:56: <not> can turn off',
    ],
    ['a circle', tree('<gate name="shut"/>'), 'needed for itself: shut -> shut'],
    [
      'an undefined event',
      tree('<or><gate name="dark"/><basic-event name="dor"/></or>'),
      "did you mean 'door'?",
    ],
    ['a file cut off', whole.slice(0, 300), 'tree.xml:'],
    [
      'an entity bomb',
      whole.replace('<opsa-mef>', '<!DOCTYPE a [<!ENTITY a "aa">]><opsa-mef>'),
      'the DOCTYPE declares',
    ],
  ])('refuses %s at its place: exit 2', async (_, text, message) => {
    const { code, stdout, stderr } = await cuts(await file('bad-tree.xml', text), '--format', 'json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('bad-tree.xml:');
    expect(stderr).toContain(message);
  });

  it.each([
    [['--order', '0'], '--order 0'],
    [['--list', '-1'], '--list -1'],
    [['--format', 'xml'], "there is no format 'xml'"],
    [['--top', 'drak'], "did you mean 'dark'?"],
  ])('%j is called wrongly: exit 2', async (words, message) => {
    const { code, stderr } = await cuts(await file('tree.xml', whole), ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
