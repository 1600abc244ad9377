import type { ParseResult } from 'oxc-parser';

/** A node of the syntax tree, walked without caring for its exact type. */
export type AnyNode = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

/** A name that no scope of the file declares, with the node around it. */
export type FreeName = { readonly name: string; readonly offset: number; readonly parent: AnyNode };

type Scope = { readonly names: ReadonlySet<string>; readonly outer: Scope | undefined };

/** TypeScript nodes that stay in the program when the types are stripped. */
const KEPT_TS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSTypeAssertion',
]);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const STATEMENT_LISTS = new Set(['Program', 'BlockStatement', 'StaticBlock', 'SwitchStatement']);
const FOR_LOOPS = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement']);
const LABELLED = new Set(['LabeledStatement', 'BreakStatement', 'ContinueStatement']);

/** Every use of a name that the file does not declare itself, types left out, in the order of the text. */
export function freeNames(program: ParseResult['program']): FreeName[] {
  const found: FreeName[] = [];
  // The tree is plain data; the walk reads it by key instead of by node type.
  visit(program as unknown as AnyNode, { names: new Set(), outer: undefined }, undefined, found);
  return found;
}

function visit(node: AnyNode, outer: Scope, parent: AnyNode | undefined, found: FreeName[]): void {
  if (node.type === 'Identifier' && parent !== undefined) {
    const name = String(node['name']);
    if (!isDeclared(name, outer)) found.push({ name, offset: node.start, parent });
    return;
  }
  const names = declaredBy(node);
  const scope = names.length === 0 ? outer : { names: new Set(names), outer };
  for (const child of childrenOf(node)) visit(child, scope, node, found);
}

function isDeclared(name: string, scope: Scope | undefined): boolean {
  for (let each = scope; each !== undefined; each = each.outer) if (each.names.has(name)) return true;
  return false;
}

function childrenOf(node: AnyNode): AnyNode[] {
  const skipped = keysThatAreNotUses(node);
  return Object.keys(node)
    .filter((key) => !skipped.includes(key))
    .flatMap((key) => nodesIn(node[key]))
    .filter((child) => !child.type.startsWith('TS') || KEPT_TS.has(child.type));
}

/** The keys under which an identifier is a label or a property's name, not a use of a variable. */
function keysThatAreNotUses(node: AnyNode): readonly string[] {
  if (LABELLED.has(node.type)) return ['label'];
  if (node.type === 'MetaProperty') return ['meta', 'property'];
  if (node.type.startsWith('Import') && node.type !== 'ImportExpression') return Object.keys(node);
  if (node.type === 'ExportSpecifier') return ['exported'];
  if (node.type === 'ExportNamedDeclaration' && node['source']) return ['specifiers'];
  if (node.type === 'ExportAllDeclaration') return Object.keys(node);
  if (node['computed'] !== false) return [];
  return node.type === 'MemberExpression' ? ['property'] : ['key'];
}

function nodesIn(value: unknown): AnyNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' && value !== null && 'type' in value ? [value as AnyNode] : [];
}

/** The names a node declares for what is inside it. */
function declaredBy(node: AnyNode): string[] {
  if (FUNCTIONS.has(node.type)) return ['arguments', ...bound(node['id']), ...bound(node['params'])];
  if (STATEMENT_LISTS.has(node.type)) return statementsOf(node).flatMap(declaredByStatement);
  if (FOR_LOOPS.has(node.type)) return nodesIn(node['init'] ?? node['left']).flatMap(declaredByStatement);
  if (node.type === 'CatchClause') return bound(node['param']);
  return node.type === 'ClassExpression' ? bound(node['id']) : [];
}

function statementsOf(node: AnyNode): AnyNode[] {
  return node.type === 'SwitchStatement'
    ? nodesIn(node['cases']).flatMap((each) => nodesIn(each['consequent']))
    : nodesIn(node['body']);
}

function declaredByStatement(statement: AnyNode): string[] {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return nodesIn(statement['declaration']).flatMap(declaredByStatement);
    case 'ImportDeclaration':
      return nodesIn(statement['specifiers']).flatMap((each) => bound(each['local']));
    case 'VariableDeclaration':
      return nodesIn(statement['declarations']).flatMap((each) => bound(each['id']));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return bound(statement['id']);
    default:
      return [];
  }
}

/** The names a binding pattern binds; default values and computed keys are uses, not bindings. */
function bound(pattern: unknown): string[] {
  return nodesIn(pattern).flatMap((node) => {
    switch (node.type) {
      case 'Identifier':
        return [String(node['name'])];
      case 'ObjectPattern':
        return nodesIn(node['properties']).flatMap((each) => bound(each['value'] ?? each['argument']));
      case 'ArrayPattern':
        return bound(node['elements']);
      case 'AssignmentPattern':
        return bound(node['left']);
      case 'RestElement':
        return bound(node['argument']);
      default:
        return [];
    }
  });
}
