/** Draws a whole number from 0 to below `limit`. */
type Draw = (limit: number) => number;

/** A stream of numbers from one seed (mulberry32). */
function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit) | 0;
  };
}

/** Data as YAML in a style that the seed decides: block and flow, quotes, comments, empty lines, indentation, line ends, a byte order mark. */
export function styledYaml(data: object, seed: number): string {
  const draw = drawing(seed);
  const writer = new Writer(draw);
  const lines = writer.map(data, 0, false);
  const eol = draw(4) === 0 ? '\r\n' : '\n';
  const text = [
    ...(draw(3) === 0 ? ['# the first line'] : []),
    ...(draw(5) === 0 ? ['---'] : []),
    ...lines,
  ].join(eol);
  return `${draw(6) === 0 ? '\uFEFF' : ''}${text}${draw(3) === 0 ? '' : eol}`;
}

class Writer {
  readonly #draw: Draw;
  readonly #indent: number;
  readonly #listIndent: number;
  readonly #padding: string;
  readonly #comments: boolean;
  readonly #gaps: boolean;
  readonly #flow: number;

  constructor(draw: Draw) {
    this.#draw = draw;
    this.#indent = 1 + draw(4);
    this.#listIndent = draw(3);
    this.#padding = draw(2) === 0 ? ' ' : '';
    this.#comments = draw(3) > 0;
    this.#gaps = draw(2) === 0;
    this.#flow = draw(5);
  }

  map(data: object, column: number, inList: boolean): readonly string[] {
    const pad = ' '.repeat(column);
    return Object.entries(data).flatMap(([key, value], index) => {
      const lines = this.pair(key, value, column);
      if (inList && index === 0) return [`${pad.slice(2)}- ${lines[0]?.slice(column)}`, ...lines.slice(1)];
      const before =
        index === 0
          ? []
          : [
              ...(this.#gaps && this.#draw(3) === 0 ? [''] : []),
              ...(this.#chance(5) ? [`${pad}# about ${index}: 'it'`] : []),
            ];
      return [...before, ...lines];
    });
  }

  pair(key: string, value: unknown, column: number): readonly string[] {
    const start = `${' '.repeat(column)}${this.#key(key)}:`;
    const blank = this.#draw(8) === 0 ? '   ' : ' ';
    if (typeof value !== 'object' || value === null)
      return this.#scalarLines(`${start}${blank}`, value, column);
    if (Object.keys(value).length === 0 || this.#draw(6) < this.#flow)
      return [`${start}${blank}${this.flow(value)}${this.#trailing()}`];
    const below = Array.isArray(value)
      ? this.#list(value, column + this.#listIndent)
      : this.map(value, column + this.#indent, false);
    return [`${start}${this.#trailing()}`, ...below];
  }

  #scalarLines(start: string, value: unknown, column: number): readonly string[] {
    const literal =
      typeof value === 'string' && /^[A-Za-z ]+(?:\n[A-Za-z ]+)*\n$/.test(value) && !/^ |\n /.test(value);
    if (literal && this.#draw(2) === 0)
      return [
        `${start}|`,
        ...value
          .trimEnd()
          .split('\n')
          .map((line) => `${' '.repeat(column + this.#indent)}${line}`),
      ];
    return [`${start}${this.scalar(value)}${this.#trailing()}`];
  }

  #list(items: readonly unknown[], column: number): readonly string[] {
    const pad = ' '.repeat(column);
    return items.flatMap((each) => {
      const isMap =
        typeof each === 'object' && each !== null && !Array.isArray(each) && Object.keys(each).length > 0;
      if (isMap && this.#draw(2) === 0) return this.map(each, column + 2, true);
      return [`${pad}- ${this.flow(each)}${this.#trailing()}`];
    });
  }

  flow(value: unknown): string {
    if (Array.isArray(value))
      return this.#bracketed(
        '[',
        value.map((each) => this.flow(each)),
        ']',
      );
    if (typeof value !== 'object' || value === null) return this.scalar(value);
    return this.#bracketed(
      '{',
      Object.entries(value).map(([key, each]) => `${this.#key(key)}: ${this.flow(each)}`),
      '}',
    );
  }

  #bracketed(open: string, parts: readonly string[], close: string): string {
    const comma = parts.length > 0 && this.#draw(8) === 0 ? ',' : '';
    return `${open}${this.#padding}${parts.join(this.#draw(6) === 0 ? ' , ' : ', ')}${comma}${this.#padding}${close}`;
  }

  scalar(value: unknown): string {
    if (typeof value !== 'string') return JSON.stringify(value);
    const kind = this.#draw(4);
    if (
      kind < 2 &&
      /^[A-Z][a-z]+(?: [a-z]+)*$|^[a-z]{4,}[a-z0-9-]*$/.test(value) &&
      !/^(?:true|false|null)$/i.test(value)
    )
      return value;
    return kind !== 2 && /^[ -~]*$/.test(value)
      ? `'${value.replaceAll("'", "''")}'`
      : JSON.stringify(value).replaceAll(
          /[\u007f-\u009f\u2028\u2029\ufeff]/g,
          (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  }

  #key(key: string): string {
    const kind = this.#draw(12);
    return kind === 0 ? JSON.stringify(key) : kind === 1 ? `'${key}'` : key;
  }

  #trailing(): string {
    return this.#chance(6) ? '   # note: "x"' : '';
  }

  #chance(of: number): boolean {
    return this.#comments && this.#draw(of) === 0;
  }
}
