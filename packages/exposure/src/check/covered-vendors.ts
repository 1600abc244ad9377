/** A list of vendors whose equipment must not be bought or used, as it was on a day, from a page that says so. */
interface CoveredList {
  readonly name: string;
  readonly asOf: string;
  readonly source: string;
  /** By the key under which the vendor compares. */
  readonly vendors: Readonly<Record<string, string>>;
}

const anyUse = 'whatever it is used for';
const security =
  'where it is used for public safety, the security of government facilities, the surveillance of critical infrastructure, or national security';
const vendors = { huawei: anyUse, zte: anyUse, hytera: security, hikvision: security, dahua: security };

/** The covered vendors, their subsidiaries and affiliates. */
export const coveredLists: readonly CoveredList[] = [
  {
    name: 'NDAA section 889 (FAR 52.204-25)',
    asOf: '2021-11-30',
    source: 'https://farclause.com/FARregulation/Clause/FAR52.204-25,_Basic',
    vendors,
  },
  {
    name: 'FCC Covered List',
    asOf: '2024-09-03',
    source: 'https://broadband.nebraska.gov/publications/fcc/fcccoveredlist',
    vendors,
  },
];
