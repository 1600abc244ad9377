const sizes = new Map([
  ['B', 1],
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
  ['KiB', 1024],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
]);
const rates = new Map([
  ['bit/s', 1],
  ['kbit/s', 1e3],
  ['Mbit/s', 1e6],
  ['Gbit/s', 1e9],
]);

/** A unit of measurement with its factors. */
export interface Measure {
  readonly units: readonly string[];
  readonly pattern: string;
  /** The value in the base unit, or `undefined` where the text is no such quantity. */
  read(text: string): number | undefined;
}

function measure(factors: ReadonlyMap<string, number>): Measure {
  const units = [...factors.keys()];
  const pattern = String.raw`^\d{1,15}(?:\.\d{1,15})? *(?:${units.join('|')})$`;
  const form = new RegExp(pattern);
  return {
    units,
    pattern,
    read(text) {
      if (!form.test(text)) return undefined;
      const unit = text.search(/[A-Za-z]/);
      return Number(text.slice(0, unit)) * (factors.get(text.slice(unit)) ?? Number.NaN);
    },
  };
}

export const size = measure(sizes);
export const rate = measure(rates);

/** Bytes of a size such as `256GB`; `NaN` where it is none. */
export const bytesOf = (value: string): number => size.read(value) ?? Number.NaN;

/** Bits a second of a rate such as `4Mbit/s`; `NaN` where it is none. */
export const bitsPerSecondOf = (value: string): number => rate.read(value) ?? Number.NaN;
