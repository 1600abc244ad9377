export { always, never, type FaultGraph, type Gate, type GateKind } from './graph/fault-graph.ts';
export type { FaultTree } from './fault-tree.ts';
export { readOpenPsa, type OpenPsaOptions, type OpenPsaTree } from './open-psa/read-open-psa.ts';
export { solve, type Asked } from './solve/solve.ts';
export type { CutSets } from './solve/cut-sets.ts';
export { listSets, type Listener } from './answer/list-sets.ts';
export { importance, probabilities, type Importance, type Probabilities } from './answer/probability.ts';
export { cutsDocument, type CutsDocument, type DocumentAsked } from './answer/cuts-document.ts';
export { writeOpenPsa } from './open-psa/write-open-psa.ts';
