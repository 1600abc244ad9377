import type { Problem } from '@holdfast/kernel';
import type { Action, Rule } from '../model/firewall.ts';
import type { IntervalSet } from '../model/interval.ts';
import { complementOf, everyAddress, unionOf, type Doubted } from '../sense/doubted.ts';
import type { Chains } from '../zoned/chains.ts';
import { allOf, anyOf, doubted, onAxis, surely, type Doubtful } from '../zoned/doubtful.ts';
import type { Objects } from './objects.ts';
import type { Statement } from './statement.ts';

/** Conditions that are not modelled, with what is told of them. */
const conditions: Readonly<Record<string, string>> = {
  'source-identity': 'who a user is, is not modelled',
  'source-end-user-profile': 'whose device it is, is not modelled',
  'dynamic-application': 'which application it is, is not modelled',
  'url-category': 'which web sites they are is not modelled',
};

/** The policy of one context, or a global one, as rules. */
export function policyRules(
  policy: Statement,
  ids: string,
  zones: { readonly from: string; readonly to: string },
  side: Readonly<{ iif?: IntervalSet; oif?: IntervalSet }>,
  objects: Objects,
  chains: Chains,
): readonly Rule[] {
  const condition = allOf([surely(side), conditionOf(policy, zones, objects)]);
  const origin = chains.origin(
    `${ids}/${policy.word}`,
    policy.line,
    `policy ${policy.spell()}`.slice(0, 400),
  );
  return chains.rules(origin, condition, actionOf(policy, objects));
}

function conditionOf(
  policy: Statement,
  zones: { readonly from: string; readonly to: string },
  objects: Objects,
): Doubtful {
  const { reading, applications } = objects;
  const match = policy.at('match');
  for (const key of ['source-address', 'destination-address'])
    if (match?.has(key) !== true)
      reading.error(
        reading.at(policy.line),
        `policy ${policy.word} matches no ${key}`,
        'name addresses, or any',
      );
  if (match?.has('application') !== true && match?.has('dynamic-application') !== true)
    reading.error(
      reading.at(policy.line),
      `policy ${policy.word} matches no application`,
      'name applications, or any',
    );
  const services = (match?.below('application') ?? []).map(({ word, line }) =>
    applications.named(word, reading.at(line)),
  );
  return doubted(
    allOf([
      onAxis('src', sideOf(match, 'source-address', zones.from, objects)),
      onAxis('dst', sideOf(match, 'destination-address', zones.to, objects)),
      services.length === 0 ? surely({}) : anyOf(services),
    ]),
    doubtsOf(policy, match, objects),
  );
}

function sideOf(
  match: Statement | undefined,
  key: string,
  zone: string,
  { books, reading }: Objects,
): Doubted {
  const named = unionOf(
    (match?.below(key) ?? []).map(({ word, line }) => books.named(word, zone, reading.at(line))),
  );
  return match?.has(`${key}-excluded`) === true ? complementOf(named, everyAddress) : named;
}

const readHere: ReadonlySet<string> = new Set([
  'source-address',
  'destination-address',
  'application',
  'source-address-excluded',
  'destination-address-excluded',
  'from-zone',
  'to-zone',
]);

function doubtsOf(policy: Statement, match: Statement | undefined, { reading }: Objects): readonly Problem[] {
  const doubts: Problem[] = [];
  for (const each of match?.children ?? []) {
    if (readHere.has(each.word)) continue;
    const values = each.words;
    if (values.length > 0 && values.every((word) => word === 'any' || word === 'none')) continue;
    const message = conditions[each.word] ?? `the condition '${each.word.slice(0, 40)}' is not modelled`;
    doubts.push(reading.note(reading.at(each.line), message));
  }
  const scheduler = policy.at('scheduler-name');
  if (scheduler !== undefined)
    doubts.push(
      reading.note(
        reading.at(scheduler.line),
        `whether the schedule '${scheduler.children[0]?.word ?? ''}' holds is not known`,
      ),
    );
  return doubts;
}

/** What a permission asks for besides, with what is told of it: a packet that it matches may yet be dropped. */
const permitOptions: Readonly<Record<string, string>> = {
  'application-services': 'what application services block is not modelled',
  'firewall-authentication': 'who a user is, is not modelled',
  tunnel: 'what becomes of packets in the tunnel of a policy is not modelled',
  'destination-address': 'whether a destination was translated is not modelled in policies',
  'source-nat': 'translations of single policies are not modelled',
  'destination-nat': 'translations of single policies are not modelled',
  'advanced-anti-malware-policy': 'what application services block is not modelled',
};

function actionOf(policy: Statement, { reading }: Objects): Action {
  const then = policy.at('then');
  const verb = then?.children.find(({ word }) => ['permit', 'deny', 'reject'].includes(word));
  if (verb === undefined) {
    reading.error(
      reading.at(policy.line),
      `policy ${policy.word} says not what to do`,
      'then permit, deny or reject',
    );
    return { kind: 'drop' };
  }
  if (verb.word !== 'permit') return { kind: verb.word === 'deny' ? 'drop' : 'reject' };
  const option = verb.children.find(({ word }) => word !== 'tcp-options' && word !== 'services-offload');
  if (option === undefined) return { kind: 'accept' };
  const message = permitOptions[option.word] ?? `'permit ${option.word.slice(0, 40)}' is not modelled`;
  return { kind: 'unmodelled', why: reading.note(reading.at(option.line), message) };
}
