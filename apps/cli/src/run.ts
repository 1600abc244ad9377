/** Wraps the work of a command, so that its exit code reaches the caller. */
export type Run = (work: () => Promise<number> | number) => () => Promise<void>;
