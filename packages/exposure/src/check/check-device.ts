import { known, type EntityData, type Estate } from '@holdfast/estate';
import type { DefaultLogin } from '../feeds/read-credentials.ts';
import { otherNames, type Alias } from '../identity/alias.ts';
import { vendorKeys } from '../identity/vendor-names.ts';
import { wordsOf } from '../identity/words.ts';
import type { Device } from '../match/device.ts';
import { clearProtocol } from './clear-protocols.ts';
import { coveredLists } from './covered-vendors.ts';
import type { Exposed } from './finding.ts';

type Data = EntityData<'device'>;

/** A device as it is asked about: what the estate says, else what its profile says; empty where nobody says it. */
export function identityIn(estate: Estate, data: Data): Device {
  const profile = estate.get('profile', known(data.profile));
  return {
    vendor: known(data.vendor) ?? profile?.vendor ?? '',
    model: known(data.model) ?? profile?.model ?? '',
    firmware: known(data.firmware) ?? '',
  };
}

/** What a device exposes by itself, whatever advisories say. */
export function exposuresOf(
  data: Data,
  device: Device,
  name: string,
  today: string,
  logins: readonly DefaultLogin[],
  aliases: readonly Alias[],
): readonly Exposed[] {
  return [
    ...loginOf(data, device, name, logins),
    ...clearOf(data, name),
    ...certificateOf(data, name, today),
    ...supportOf(data, name, today),
    ...coverOf(device, name, aliases),
  ];
}

const badLogins: Readonly<Record<string, string>> = {
  default: 'still has the password that it came with',
  shared: 'shares its password with other devices',
  none: 'asks for no password',
};

function loginOf(
  data: Data,
  device: Device,
  name: string,
  logins: readonly DefaultLogin[],
): readonly Exposed[] {
  // What has no network, and listens nowhere, has no login that anybody could reach over one.
  if (data.network === undefined && data.interfaces === undefined && data.listens === undefined) return [];
  const login = known(data.login);
  const since = known(data.loginChanged);
  const why = listed(device, logins);
  const remedy = 'Give it a password of its own, keep that in a vault, and write `login: own` with the day.';
  const common = { id: 'EXP-DEFAULT-CRED', key: 'login', why, remedy } as const;
  if (login === undefined)
    return [
      {
        ...common,
        verdict: 'unknown',
        severity: why.length > 0 ? 'high' : 'medium',
        message: `Nobody says whether ${name} still has its default password.`,
      },
    ];
  const bad = badLogins[login];
  if (bad === undefined) return [];
  return [
    {
      ...common,
      verdict: 'fails',
      severity: login === 'shared' ? 'high' : 'critical',
      message: `${name} ${bad}${since === undefined ? '' : `, unchanged since ${since}`}.`,
    },
  ];
}

/** The lists that know a default login of this vendor, and of this model where they say one. */
function listed({ vendor, model }: Device, logins: readonly DefaultLogin[]): readonly string[] {
  const [first] = wordsOf(vendor);
  if (first === undefined) return [];
  const own = new Set(wordsOf(model));
  const found = logins.filter(({ product }) => wordsOf(product)[0] === first);
  const [best] = found.toSorted((a, b) => common(b.product, own) - common(a.product, own));
  return best === undefined
    ? []
    : [`a list of default logins has ${found.length} of this vendor, the nearest for '${best.product}'`];
}

const common = (product: string, own: ReadonlySet<string>): number =>
  wordsOf(product).filter((each) => own.has(each)).length;

function clearOf(data: Data, name: string): readonly Exposed[] {
  return Object.entries(data.listens ?? {}).flatMap(([port, fact]) => {
    const listener = known(fact);
    const clear = listener?.tls === true ? undefined : clearProtocol(port, listener?.service);
    if (clear === undefined) return [];
    return [
      {
        id: 'EXP-CLEARTEXT',
        verdict: clear.isByPort ? ('unknown' as const) : ('fails' as const),
        severity: 'medium',
        key: 'listens',
        aspect: port,
        message: clear.isByPort
          ? `${name} listens on ${port}, where what is spoken is usually not encrypted; nobody says what this is.`
          : `${name} speaks ${clear.name} on ${port} in the clear.`,
        why: listener?.banner === undefined ? [] : [`it says of itself: ${listener.banner}`],
        remedy: `Use ${clear.instead}, and switch this off; else let only the devices that need it reach the port.`,
      } satisfies Exposed,
    ];
  });
}

function certificateOf(data: Data, name: string, today: string): readonly Exposed[] {
  const [kind, expires] = [known(data.certificate), known(data.certificateExpires)];
  const common = { id: 'EXP-CERT', verdict: 'fails', why: [] } as const;
  const remedy = 'Enrol it with your own certificate authority, and watch the day on which it runs out.';
  return [
    ...(expires !== undefined && expires < today
      ? [
          {
            ...common,
            severity: 'high' as const,
            key: 'certificateExpires',
            aspect: 'expired',
            message: `The certificate of ${name} ran out on ${expires}.`,
            remedy,
          },
        ]
      : []),
    ...(kind === 'self-signed' || kind === 'shared'
      ? [
          {
            ...common,
            severity: kind === 'shared' ? ('high' as const) : ('medium' as const),
            key: 'certificate',
            aspect: kind,
            message:
              kind === 'shared'
                ? `${name} has a certificate whose key other devices have as well.`
                : `The certificate of ${name} is vouched for by nobody but itself.`,
            remedy,
          },
        ]
      : []),
  ];
}

function supportOf(data: Data, name: string, today: string): readonly Exposed[] {
  const ends = known(data.supportEnds);
  if (ends === undefined || ends >= today) return [];
  return [
    {
      id: 'PAT-EOL',
      verdict: 'fails',
      severity: 'high',
      key: 'supportEnds',
      message: `The maker of ${name} mends it no more since ${ends}.`,
      why: [],
      remedy: 'Replace it, or keep it apart from every other network until it is.',
    },
  ];
}

function coverOf({ vendor, model }: Device, name: string, aliases: readonly Alias[]): readonly Exposed[] {
  const names = [{ vendor, model, isSure: true }, ...otherNames(vendor, model, aliases)];
  return coveredLists.flatMap((list) => {
    const found = names.flatMap((each) =>
      vendorKeys(each.vendor).flatMap((key) =>
        list.vendors[key] === undefined ? [] : [{ ...each, scope: list.vendors[key] }],
      ),
    );
    const [first] = found.toSorted((a, b) => Number(b.isSure) - Number(a.isSure));
    if (first === undefined) return [];
    const isOwn = first.vendor === vendor;
    return [
      {
        id: 'EXP-BANNED-VENDOR',
        verdict: first.isSure ? ('fails' as const) : ('unknown' as const),
        severity: first.isSure ? ('high' as const) : ('medium' as const),
        aspect: list.name,
        message: isOwn
          ? `${name} is made by ${vendor}, which ${list.name} covers ${first.scope}.`
          : `${name} of ${vendor} ${first.isSure ? 'is' : 'may be'} made by ${first.vendor}, which ${list.name} covers ${first.scope}.`,
        why: [`the list as of ${list.asOf}: ${list.source}`],
        remedy:
          'Ask counsel whether the rule binds this site; plan its replacement, and buy no more of them.',
      } satisfies Exposed,
    ];
  });
}
