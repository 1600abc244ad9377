/**
 * Companies that sell each other's products or bear each other's name, each group by the names that advisories use.
 * `seen` is an advisory that names two of them together, or one for a product of the other.
 */
interface VendorGroup {
  readonly name: string;
  readonly members: readonly string[];
  readonly seen: readonly string[];
}

const vendorGroups: readonly VendorGroup[] = [
  {
    name: 'johnsoncontrols',
    members: [
      'johnsoncontrols',
      'johnsoncontols',
      'johnson',
      'jci',
      'sensormatic',
      'exacq',
      'exacqvision',
      'kantech',
      'americandynamics',
      'softwarehouse',
      'tyco',
      'illustra',
      'cem',
      'controlledelectronicmanagement',
      'contolledelectronicmanagement',
      'cks',
    ],
    seen: [
      'ICSA-19-199-01',
      'ICSA-20-070-04',
      'ICSA-20-142-01',
      'ICSA-21-238-01',
      'ICSA-22-298-05',
      'CVE-2024-32753',
    ],
  },
  {
    name: 'schneiderelectric',
    members: ['schneiderelectric', 'schneider', 'apc', 'pelco'],
    seen: ['ICSA-17-355-02', 'ICSA-20-224-02', 'ICSA-21-313-01'],
  },
  {
    name: 'carrier',
    members: [
      'carrier',
      'automatedlogic',
      'alc',
      'carrierlenels2',
      'lenels2',
      'lenel',
      's2',
      'interlogix',
      'mas',
    ],
    seen: ['ICSA-17-150-01', 'ICSA-22-109-01', 'ICSA-22-153-01', 'CVE-2023-36483', 'CVE-2024-2420'],
  },
  {
    name: 'nortek',
    members: [
      'nortek',
      'nortekcontrol',
      'norteksecuritycontrol',
      'norteksecurityandcontrol',
      'linear',
      'nice',
    ],
    seen: ['ICSA-18-046-01', 'ICSA-24-065-01', 'CVE-2024-9441'],
  },
  {
    name: 'honeywell',
    members: [
      'honeywell',
      'tridium',
      'alerton',
      'saiaburgess',
      'saiaburgesscontrols',
      'trend',
      'trendcontrols',
      'inncom',
    ],
    seen: ['ICSA-20-049-01', 'ICSA-22-207-03', 'ICSA-22-242-08', 'CVE-2023-3243', 'CVE-2024-1309'],
  },
  {
    name: 'sauter',
    members: ['sauter', 'frsauter', 'sautercontrols'],
    seen: ['ICSA-18-305-04', 'ICSA-22-300-02'],
  },
  {
    name: 'hanwha',
    members: ['hanwha', 'hanwhavision', 'hanwhatechwin'],
    seen: ['ICSA-17-040-01', 'CVE-2023-5037'],
  },
  {
    name: 'dahua',
    members: ['dahua', 'dahuasecurity', 'dahuatech'],
    seen: ['ICSA-22-193-01', 'CVE-2024-39944'],
  },
  { name: 'motorola', members: ['motorola', 'motorolasolutions', 'vigilant'], seen: ['ICSA-24-165-19'] },
  { name: 'panasonic', members: ['panasonic', 'sanyo'], seen: ['ICSA-23-012-04'] },
  { name: 'assaabloy', members: ['assaabloy', 'controlid'], seen: ['CVE-2023-4392'] },
  { name: 'kastle', members: ['kastle', 'kastlesystems'], seen: ['CVE-2024-45861'] },
  {
    name: 'viessmann',
    members: ['viessmann', 'viessmannclimate'],
    seen: ['ICSA-24-254-01', 'CVE-2023-5222'],
  },
  { name: 'optigo', members: ['optigo', 'optigonetworks'], seen: ['CVE-2024-41925'] },
  { name: 'milestone', members: ['milestone', 'milestonesystems'], seen: ['CVE-2024-3506'] },
  { name: 'avtech', members: ['avtech', 'avtec'], seen: ['CVE-2024-7029'] },
  { name: 'dorsett', members: ['dorsett', 'dorsettcontrols'], seen: ['CVE-2024-39287'] },
  { name: 'hitronsystems', members: ['hitronsystems', 'hitron'], seen: ['ICSA-24-030-04', 'CVE-2024-22771'] },
];

const byMember: ReadonlyMap<string, string> = new Map(
  vendorGroups.flatMap(({ name, members }) => members.map((member) => [member, name] as const)),
);

/** The group of a vendor's key; the key itself where it is in none. */
export const groupOf = (key: string): string => byMember.get(key) ?? key;

/** Words of brands, which a product's name may bear or leave out. */
export const brandWords: ReadonlySet<string> = new Set([
  'kantech',
  'pelco',
  'apc',
  'illustra',
  'tyco',
  'sensormatic',
  'american',
  'dynamics',
  'dynamic',
  'software',
  'house',
  'exacq',
  'liebert',
  'carrier',
  'alc',
  'lenels2',
  'sanyo',
  'linear',
  'johnson',
  'controls',
  'schneider',
  'electric',
  'geutebruck',
  'cem',
  'vigilant',
]);
