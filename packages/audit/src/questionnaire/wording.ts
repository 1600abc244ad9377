import type { Estate } from '@holdfast/estate';
import type { FactRef } from '@holdfast/outage';

/** Questions that a technician can answer, for the facts that many products have. `{it}` is the product, `{manager}` what it hangs on. */
const known: Readonly<Record<string, string>> = {
  persists:
    'When {it} has lost its power and comes up again while its {manager} is still unreachable, does it work on with what it knew before?',
  'decides-alone': 'Does {it} go on letting known badges in while its {manager} is unreachable?',
  'records-alone': 'Does {it} go on recording while its {manager} is unreachable?',
  'live-alone': 'Can {it} be watched on the local network while its {manager} is unreachable?',
  'serves-alone':
    'Can operators on the site watch and play back from {it} while its {manager} is unreachable?',
  'remote-offline': 'Can a door be opened from afar through {it} while its {manager} is unreachable?',
  'local-phones': 'Do phones open doors at {it} while its {manager} is unreachable?',
  'offline-limit': 'For how long does {it} go on deciding while its {manager} is unreachable?',
  'offline-mode':
    'Which offline mode is set for {it}: what does it do with a badge when its {manager} is gone? Does it admit nobody, any card of the facility, or badges that it remembers?',
  'exit-offline': 'Does an exit button wired to {it} still open the door when its {manager} is gone?',
  'schedule-offline': 'Does an unlock schedule go on at {it} while its {manager} is unreachable?',
  sync: 'How long does a change (a revoked or a new badge) take at most to reach {it} while its {manager} is reachable?',
  renewal: 'How long does a revocation take at most to reach {it}?',
  validity: 'How long does a card open {it} without having been renewed?',
  cache: 'How long does {it} remember a badge?',
  boot: 'How long does {it} take from power on until it works?',
  battery: 'How long does a battery carry {it}? Write 0 where none is fitted.',
  recharge: 'How long does the battery of {it} take to be full again?',
  cardholders: 'How many cardholders fit into {it}?',
  poe: 'Is {it} fed by its switch over the network cable?',
  'sd-card': 'Is a memory card fitted in {it}?',
  failover: 'Is {it} set up to record on its card when its {manager} is unreachable?',
  overwrites: 'When the storage of {it} is full, does it overwrite the oldest recordings?',
  backfill: 'Does the recorder fetch what {it} recorded on its card, once it is back?',
  'local-login': 'Can operators log in to {it} without the directory?',
};

/** The same for what the estate itself says of a thing, by where it stands. */
const ofPath: Readonly<Record<string, string>> = {
  credentials: 'How many badges does {it} hold today?',
  storage: 'How large is the storage of {it}?',
  bitrate: 'At which bit rate does {it} record?',
  power: 'What feeds {it}?',
  battery: 'How long does a battery carry {it}? Write 0 where none is fitted.',
  uplink: 'Which switch port is {it} cabled to?',
  network: 'In which network is {it}?',
  gateways: 'Which device routes for {it}?',
  'lock.power': 'Which supply feeds the lock of {it}?',
  'lock.battery': 'How long does the battery of its supply hold the lock of {it}?',
  'lock.onPowerLoss':
    'When its lock loses power, is {it} unlocked (fail-safe) or locked (fail-secure), or does it stay as it was?',
  exit: 'How do people get out through {it} from the inside?',
  'exit.kind': 'How do people get out through {it} from the inside?',
  'exit.wiring':
    'What does the exit device of {it} act on: the latch itself, the power of the lock, or the controller?',
  release:
    'How does the fire signal release {it}: does it cut the power of the lock by a wire, or go through the network or software?',
  'release.fire':
    'How does the fire signal release {it}: does it cut the power of the lock by a wire, or go through the network or software?',
  reader: 'Which reader is at {it}?',
  decidedBy: 'Which device decides at {it} whether a badge opens?',
  autonomy: 'How long does {it} carry its load on battery?',
  fuel: 'How long does {it} run on its fuel?',
  lease: 'How long is a lease of {it}?',
  grace: 'For how long does what {it} gave out stay good without it?',
};

/** The question for a fact, in words that a technician can answer. `subject` says what it is about. */
export function wordQuestion(estate: Estate, fact: FactRef, subject: string, manager: string): string {
  const name = fact.path[0] === 'facts' ? String(fact.path[1]) : undefined;
  const template = name === undefined ? ofPath[fact.path.join('.')] : known[name];
  if (template !== undefined) return template.replace('{it}', subject).replace('{manager}', manager);
  const note = name === undefined ? undefined : noteOf(estate, fact);
  return (note === undefined ? undefined : fromNote(note, subject)) ?? fromWhat(fact.what, subject, name);
}

/** The note beside a fact. */
export function noteOf(
  estate: Estate,
  { kind, id, path }: Pick<FactRef, 'kind' | 'id' | 'path'>,
): string | undefined {
  let at: unknown = estate.get(kind, id);
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[key];
  }
  const note = (at as { readonly note?: unknown } | undefined)?.note;
  return typeof note === 'string' ? note : undefined;
}

/** Notes say what is not known as `Whether ...` or `How ...`: half a question already. */
function fromNote(note: string, subject: string): string | undefined {
  const [sentence = ''] = note.split(/(?<=[.?!])\s/);
  const open = sentence.replace(/(?:,? (?:is not stated|was not read|is not said))?[.?!]$/, '');
  if (open.startsWith('Whether '))
    return `Of ${subject}: is it so, yes or no, that ${open.slice('Whether '.length)}?`;
  return /^(?:How|What|Which|Who|Where|When) /.test(open)
    ? `Of ${subject}: ${open.charAt(0).toLowerCase()}${open.slice(1)}?`
    : undefined;
}

function fromWhat(what: string, subject: string, name: string | undefined): string {
  if (name !== undefined) return `What is '${name.replaceAll('-', ' ')}' of ${subject}?`;
  if (/^(?:how|what|who|where|which) /.test(what)) return `${what.charAt(0).toUpperCase()}${what.slice(1)}?`;
  return `What is ${what.startsWith('the ') ? '' : 'the '}${what}?`;
}
