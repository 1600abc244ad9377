/** A fleet of devices and advisories about them, the same each time. */
export interface Fleet {
  readonly advisories: readonly { readonly name: string; readonly text: string }[];
  readonly devices: readonly { readonly vendor: string; readonly model: string; readonly firmware: string }[];
}

const vendors = Array.from(
  { length: 60 },
  (_, index) => `Maker${String.fromCodePoint(65 + (index % 26))}${index} Systems`,
);
const kinds = ['IPC', 'NVR', 'DVR', 'ACU', 'PNL', 'RDR', 'GW', 'SW'];

/** A sequence of numbers that looks random and never changes. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state % below;
  };
}

const pick = <T>(list: readonly T[], roll: (below: number) => number): T => list[roll(list.length)] as T;

/** Builds so many advisories of two to ten products, and so many devices; one device in a hundred has a model that no advisory names. */
export function fleet(advisoryCount: number, deviceCount: number): Fleet {
  const roll = dice(11);
  const models = vendors.flatMap((vendor) =>
    Array.from({ length: 50 }, (_, index) => ({
      vendor,
      model: `${pick(kinds, roll)}-${index}${roll(9)}${roll(9)}`,
    })),
  );
  const advisories = Array.from({ length: advisoryCount }, (_, index) => ({
    name: `${index}.json`,
    text: JSON.stringify(advisory(index, models, roll)),
  }));
  const devices = Array.from({ length: deviceCount }, () => {
    const { vendor, model } = pick(models, roll);
    const shown = roll(100) === 0 ? `${model}-unknown` : model;
    return { vendor, model: shown, firmware: roll(20) === 0 ? '' : version(roll) };
  });
  return { advisories, devices };
}

const version = (roll: (below: number) => number): string =>
  `V${roll(9)}.${roll(12)}.${roll(30)} build ${roll(60_000)}`;

function advisory(
  index: number,
  models: readonly { readonly vendor: string; readonly model: string }[],
  roll: (below: number) => number,
): unknown {
  const { vendor } = pick(models, roll);
  const own = models.filter((each) => each.vendor === vendor);
  const products = Array.from({ length: 2 + roll(9) }, (_, at) => ({
    id: `P${at}`,
    model: pick(own, roll).model,
    range: range(roll),
  }));
  const branches = products.map(({ id, model, range }) => ({
    category: 'product_name',
    name: model,
    branches: [
      {
        category: 'product_version_range',
        name: range,
        product: { name: `${model} ${range}`, product_id: id },
      },
    ],
  }));
  return {
    document: {
      csaf_version: '2.0',
      title: `${vendor} ${products[0]?.model ?? ''}`,
      tracking: { id: `BENCH-${index}` },
    },
    product_tree: { branches: [{ category: 'vendor', name: vendor, branches }] },
    vulnerabilities: Array.from({ length: 1 + roll(3) }, (_, at) => ({
      cve: `CVE-2026-${10_000 + index * 4 + at}`,
      product_status: { known_affected: products.map(({ id }) => id) },
      remediations: [
        {
          category: 'vendor_fix',
          details: `Update to version ${roll(9)}.${roll(12)}.${roll(30)} or later.`,
          product_ids: ['P0'],
        },
      ],
    })),
  };
}

function range(roll: (below: number) => number): string {
  const end = `${roll(9)}.${roll(12)}.${roll(30)}`;
  return pick([`< ${end}`, `<= ${end}`, `>= 1.0 | < 9.${end}`, end, 'vers:all/*'], roll);
}
