/** One line of a benchmark's table: column to value. Every row of a benchmark has the same columns. */
export type Row = Readonly<Record<string, string | number>>;

/**
 * A thing to time. Times go into a row with their unit in the column's name (`median ms`), beside the
 * baseline measured in the same run and the ratio to it.
 */
export type Benchmark = {
  readonly name: string;
  readonly run: () => Promise<readonly Row[]> | readonly Row[];
};

/** What a `bench/<name>.bench.ts` exports. */
export type BenchmarkModule = { readonly benchmarks: readonly Benchmark[] };
