interface Numbers {
  readonly length: number;
  [index: number]: number;
  set(from: this, at?: number): void;
  slice(start: number, end: number): this;
}

/** Numbers of one kind, as many as come: a typed array that grows. */
export class Column<A extends Numbers> {
  readonly #make: (length: number) => A;
  #data: A;
  #length = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#data = make(1024);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#data[index] as number;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = this.#make(2 * this.#length);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length] = value;
    this.#length += 1;
  }

  /** All of them, without what was kept free. */
  whole(): A {
    return this.#data.slice(0, this.#length);
  }
}

export const ints = (): Column<Int32Array> => new Column((length) => new Int32Array(length));
export const floats = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
