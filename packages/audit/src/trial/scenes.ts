import { asMillis, type Millis } from '@holdfast/kernel';
import { startInstant, type Model, type Scenario } from '@holdfast/outage';
import type { Filler } from './roles.ts';
import type { Stage } from './stage.ts';

/** A scenario of the trial: `head` is short enough for a column. */
export interface Scene {
  readonly key: string;
  readonly head: string;
  readonly name: string;
  readonly faults: readonly Fault[];
}

interface Fault {
  readonly of: string;
  readonly lasts: Millis;
}

const day = 86_400_000;
/** A day more than the longest horizon, so that what ends with it is seen to end. */
const trialLength = asMillis(31 * day);
const cut = asMillis(5 * 60_000);

const lost = (of: string): Fault => ({ of, lasts: trialLength });

/** What can be taken away from the device: nothing, each role, the internet, switch, power, a restart alone, and all at once. */
export function scenesOf(stage: Stage, model: Model): readonly Scene[] {
  const { fillers, feeding, estate } = stage;
  const roles = fillers.map((each) => roleScene(each));
  const hosts = fillers.filter(({ hasHost }) => hasHost).map((each) => hostScene(each));
  const usesInternet =
    fillers.some(({ by }) => by === 'cloud') || estate.get('transmission', 'a-path') !== undefined;
  const isCabled = estate.get('device', 'the-device')?.uplink !== undefined;
  const network: readonly Scene[] = [
    ...(usesInternet ? [scene('internet', 'internet', 'The internet is gone', ['internet'])] : []),
    ...(isCabled ? [scene('switch', 'switch', 'Its switch is gone', ['switch'])] : []),
    ...(estate.get('transmission', 'a-path')?.communicator === undefined
      ? []
      : [scene('operator', 'operator', 'The mobile operator is gone', ['operator'])]),
  ];
  const feed = feedOf(stage);
  const power: readonly Scene[] =
    feed === undefined ? [] : [scene('power', 'power', powerName(stage), [feed])];
  const alone = [...hosts, ...roles]
    .flatMap(({ faults }) => faults)
    .filter(({ of }) => !(feeding.by === 'line' && of === feeding.filler.id));
  const restart: readonly Scene[] =
    feed === undefined
      ? []
      : [
          {
            key: 'restart',
            head: 'restart',
            name:
              alone.length === 0
                ? 'Its power is lost for 5 minutes'
                : 'Its power is lost for 5 minutes while all that it needs is gone',
            faults: [{ of: feed, lasts: cut }, ...alone],
          },
        ];
  const singles = [...roles, ...hosts, ...network, ...power];
  const everything: Scene = {
    key: 'everything',
    head: 'all',
    name: 'Everything at once',
    faults: [...new Set(singles.flatMap(({ faults }) => faults.map(({ of }) => of)))].map(lost),
  };
  const all = [
    scene('none', 'as usual', 'Nothing fails; a badge is revoked and one enrolled', []),
    ...singles,
    ...restart,
    ...(singles.length > 1 ? [everything] : []),
  ];
  return all.filter(({ faults }) => faults.every(({ of }) => model.components.has(of)));
}

const scene = (key: string, head: string, name: string, of: readonly string[]): Scene => ({
  key,
  head,
  name,
  faults: of.map(lost),
});

const roleScene = ({ role, id }: Filler): Scene => scene(`role:${role}`, role, `Its ${role} is gone`, [id]);

const hostScene = ({ role, id }: Filler): Scene =>
  scene(`host:${role}`, 'host', `The host behind its ${role} is gone`, [`${id}-host`]);

function feedOf({ feeding }: Stage): string | undefined {
  switch (feeding.by) {
    case 'supply':
      return 'own-feed';
    case 'switch':
      return 'switch-feed';
    case 'line':
      return `${feeding.filler.id}-feed`;
    default:
      return undefined;
  }
}

function powerName({ feeding }: Stage): string {
  if (feeding.by === 'switch') return 'The power of the switch that feeds it is gone';
  return feeding.by === 'line'
    ? `The power of its ${feeding.filler.role}, which feeds it, is gone`
    : 'Its power is gone';
}

/** A scene as the engine is asked it. */
export function scenarioOf({ key, name, faults }: Scene, model: Model): Scenario {
  return {
    key,
    name,
    kind: key === 'none' ? 'none' : 'own',
    components: faults.map(({ of }) => of),
    faults: faults.flatMap(({ of, lasts }) => {
      const node = model.components.get(of)?.node;
      return node === undefined ? [] : [{ node, from: asMillis(0), until: lasts }];
    }),
    start: startInstant('2026-01-05', '08:00', 'UTC'),
    length: trialLength,
    horizon: trialLength,
  };
}
