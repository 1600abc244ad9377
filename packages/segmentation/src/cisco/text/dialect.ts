/** Whose configuration language it is. */
export type Dialect = 'ios' | 'asa';
