import { freeNames, type AnyNode, type FreeName } from './free-names.ts';
import type { Objection } from './import-rules.ts';
import type { SourceFile } from './source-file.ts';

/** Names that reach the machine, the network, the clock or chance. */
const AMBIENT = new Set(
  `process global globalThis console performance crypto fetch require eval Function
   setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate requestAnimationFrame
   WebSocket EventSource XMLHttpRequest Worker SharedWorker BroadcastChannel MessageChannel
   window document self navigator location localStorage sessionStorage indexedDB caches`.split(/\s+/),
);

/** What the purity rule says against the names a file uses, in the order of the text. */
export function objectToAmbient(file: SourceFile): Objection[] {
  return freeNames(file.program).flatMap((use) => {
    const message = objectTo(use);
    return message === undefined ? [] : [{ rule: 'ambient', offset: use.offset, message } as const];
  });
}

function objectTo(use: FreeName): string | undefined {
  if (AMBIENT.has(use.name)) return `'${use.name}' in a pure package; take what you need as a port`;
  if (use.name === 'Math') return objectToMath(use);
  return use.name === 'Date' ? objectToDate(use) : undefined;
}

function objectToMath(use: FreeName): string | undefined {
  const member = memberOf(use);
  if (member === undefined) return `'Math' as a value could hide Math.random; name the function`;
  return member === 'random' ? 'Math.random in a pure package; take the random port' : undefined;
}

function objectToDate(use: FreeName): string | undefined {
  const { parent } = use;
  if (parent.type === 'NewExpression' && isAt(parent['callee'], use)) {
    const [first] = parent['arguments'] as readonly AnyNode[];
    const isGiven = first !== undefined && first.type !== 'SpreadElement';
    return isGiven ? undefined : 'new Date() reads the clock; take the time as an argument';
  }
  if (parent.type === 'BinaryExpression' && parent['operator'] === 'instanceof') return undefined;
  const member = memberOf(use);
  if (member === 'UTC' || member === 'parse') return undefined;
  return member === 'now'
    ? 'Date.now reads the clock; take the time as an argument'
    : `'Date' used so could read the clock`;
}

/** The literal name of the property read from this name, or undefined. */
function memberOf(use: FreeName): string | undefined {
  const { parent } = use;
  if (parent.type !== 'MemberExpression' || !isAt(parent['object'], use)) return undefined;
  const property = parent['property'] as AnyNode;
  if (parent['computed'] === false) return String(property['name']);
  return property.type === 'Literal' ? String(property['value']) : undefined;
}

function isAt(node: unknown, use: FreeName): boolean {
  return (node as AnyNode).start === use.offset;
}
