import type { ZoneFunction } from '@holdfast/estate';
import { securityFunctions } from './device-functions.ts';

/** What may not be opened, by what zones are for. A zone of the same function is never meant. */
interface Denial {
  readonly from: readonly ZoneFunction[];
  readonly to: readonly ZoneFunction[];
  readonly because: string;
}

const outsiders = ['internet', 'guest'] as const;
const everybody = [
  ...securityFunctions,
  'soc',
  'servers',
  'corporate',
  'guest',
  'remote-access',
  'transit',
  'internet',
] as const;

/**
 * The policy of an estate that declares none, for security devices and what they rest on. What is in no line is not judged.
 * What the estate itself needs, device by device, is excepted.
 * @see IEC 62443-3-2 ZCR 3.2, 3.3, 3.6; ISO/IEC 27001:2022 A.8.22
 */
const defaultPolicy: readonly Denial[] = [
  {
    from: outsiders,
    to: [...securityFunctions, 'servers', 'management', 'soc'],
    because: 'the internet and guests open nothing towards security, servers or management',
  },
  {
    from: ['remote-access'],
    to: [...securityFunctions, 'management'],
    because: 'remote access ends at a jump host, not at security devices or in management',
  },
  {
    from: everybody,
    to: ['management'],
    because: 'management is reached from management only',
  },
  {
    from: ['corporate'],
    to: securityFunctions,
    because: 'security devices are apart from corporate networks',
  },
  {
    from: securityFunctions,
    to: ['corporate', ...outsiders],
    because: 'security devices are apart from corporate networks, guests and the internet',
  },
  {
    from: securityFunctions,
    to: securityFunctions,
    because: 'the security functions are apart from each other',
  },
];

/** Why one function may not open anything towards another; `undefined` where the policy says nothing of them. */
export const denialOf = (from: string, to: string): string | undefined =>
  from === to
    ? undefined
    : defaultPolicy.find((each) => each.from.some((one) => one === from) && each.to.some((one) => one === to))
        ?.because;

/** What declared conduits leave shut wherever they name nothing. */
const guardedFunctions: ReadonlySet<string> = new Set([
  ...securityFunctions,
  'soc',
  'management',
  'remote-access',
]);

/** Whether declared conduits are all that may pass to and from zones of a function. */
export const isGuarded = (name: string): boolean => guardedFunctions.has(name);
