import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { ImportSite, SourceFile } from './source-file.ts';
import { stackObjection, TESTING } from './stack.ts';
import type { Rule } from './violation.ts';

/** What a rule says of a place in a file. */
export type Objection = { readonly rule: Rule; readonly offset: number; readonly message: string };

const SCOPE = '@holdfast/';
const HASHING = new Set(['createHash', 'createHmac', 'hash', 'timingSafeEqual']);
const builtins = new Set(builtinModules);

/** Whether the purity rules hold in this file: packages but `testing`, and neither tests nor benchmarks. */
export function mustBePure(file: SourceFile): boolean {
  return file.unit.kind === 'package' && file.unit.name !== TESTING && !file.isTrial;
}

/** What the rules say against each import of a file, in the order of the text. */
export function objectToImports(file: SourceFile): Objection[] {
  return file.imports.flatMap((site) => {
    const found = objectTo(file, site);
    return found === undefined ? [] : [{ ...found, offset: site.offset }];
  });
}

function objectTo(
  file: SourceFile,
  { specifier, offset }: ImportSite,
): Omit<Objection, 'offset'> | undefined {
  if (specifier === undefined) return objectToComputed(file);
  if (specifier.startsWith('.') || specifier.startsWith('/')) return objectToRelative(file, specifier);
  if (specifier.startsWith(SCOPE)) return objectToPackage(file, specifier.slice(SCOPE.length));
  return objectToBuiltin(file, specifier, offset);
}

function objectToComputed(file: SourceFile): Omit<Objection, 'offset'> | undefined {
  if (!mustBePure(file)) return undefined;
  return { rule: 'computed-import', message: 'import() of a computed name; write the name out' };
}

function objectToRelative(file: SourceFile, specifier: string): Omit<Objection, 'offset'> | undefined {
  const target = posix.join(posix.dirname(file.path), specifier);
  if (!specifier.startsWith('/') && target.startsWith(`${file.unit.dir}/`)) return undefined;
  return {
    rule: 'relative-escape',
    message: `'${specifier}' leaves ${file.unit.dir}; import the package by its name`,
  };
}

function objectToPackage(file: SourceFile, rest: string): Omit<Objection, 'offset'> | undefined {
  const [name = '', ...inside] = rest.split('/');
  if (inside.length > 0)
    return { rule: 'deep-import', message: `import @holdfast/${name}, not a path inside it` };
  const isOwn = file.unit.kind === 'package' && file.unit.name === name;
  if (isOwn) {
    return file.isTrial
      ? undefined
      : { rule: 'cycle', message: `${file.unit.dir} imports itself by name; use a relative import` };
  }
  if (name === TESTING && !file.isTrial) {
    return { rule: 'testing-only', message: '@holdfast/testing is for *.test.ts and bench/' };
  }
  const message = stackObjection(file.unit, name);
  return message === undefined ? undefined : { rule: 'stack', message };
}

function objectToBuiltin(
  file: SourceFile,
  specifier: string,
  offset: number,
): Omit<Objection, 'offset'> | undefined {
  const isBuiltin = specifier.startsWith('node:') || builtins.has(specifier);
  if (!isBuiltin || !mustBePure(file)) return undefined;
  if (file.unit.name === 'kernel' && specifier === 'node:crypto' && importsOnlyHashing(file, offset))
    return undefined;
  return { rule: 'builtin', message: `'${specifier}' in a pure package; take what you need as a port` };
}

function importsOnlyHashing(file: SourceFile, offset: number): boolean {
  const statement = file.program.body.find((each) => each.start <= offset && offset < each.end);
  if (statement?.type !== 'ImportDeclaration') return false;
  return statement.specifiers.every(
    (each) =>
      each.type === 'ImportSpecifier' &&
      each.imported.type === 'Identifier' &&
      HASHING.has(each.imported.name),
  );
}
