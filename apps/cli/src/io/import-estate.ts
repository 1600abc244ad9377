import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  collections,
  Estate,
  entityKinds,
  loadEstate,
  type EntityKind,
  type SourceFile,
} from '@holdfast/estate';
import type { Import } from '@holdfast/importers';
import { Failure } from '@holdfast/kernel';
import { readEstateFiles, readLibrary } from './read-estate.ts';

/** An estate that imports are laid beside: one that is there, or one that is to begin. */
export interface ImportEstate {
  readonly estate: Estate;
  readonly files: readonly SourceFile[];
  readonly library: readonly SourceFile[];
  /** Whether there was none yet. */
  readonly begins: boolean;
  /** The file for a new entity of a kind; undefined where the editor finds one. */
  readonly fileFor: (kind: EntityKind) => string | undefined;
}

/** Opens the estate of a folder. Where there is none, one begins with a site, unless an import brings sites of its own. */
export async function openForImport(
  dir: string,
  imports: readonly Import[],
  site: string | undefined,
): Promise<ImportEstate> {
  const library = await readLibrary();
  const files = await existing(dir);
  if (files) {
    const loaded = loadEstate(files, library);
    if (loaded.kind === 'error') throw new Failure(loaded.error);
    return { estate: loaded.value, files, library, begins: false, fileFor: await fileFor(dir, loaded.value) };
  }
  const bringsSites = imports.some(({ observations }) => observations.some(({ kind }) => kind === 'site'));
  const base = {
    name: nameIn(dir, 'sites.yaml'),
    text: bringsSites ? 'holdfast: 1\n' : firstSite(site ?? 'site'),
  };
  const loaded = loadEstate([{ ...base, text: firstSite(site ?? 'site') }], library);
  if (loaded.kind === 'error') throw new Failure(loaded.error);
  const estate = bringsSites ? withoutSites(loaded.value) : loaded.value;
  return { estate, files: [base], library, begins: true, fileFor: await fileFor(dir, estate) };
}

async function existing(dir: string): Promise<readonly SourceFile[] | undefined> {
  try {
    return await readEstateFiles(dir);
  } catch (error) {
    const code = error instanceof Failure ? error.problems[0]?.code : undefined;
    if (code === 'estate-empty' || code === 'file-missing') return undefined;
    throw error;
  }
}

const nameIn = (dir: string, file: string): string => relative(process.cwd(), join(dir, file));

async function fileFor(dir: string, estate: Estate): Promise<ImportEstate['fileFor']> {
  const isFile = (await stat(dir).catch(() => undefined))?.isFile() === true;
  return (kind) =>
    isFile || estate.all(kind).size > 0 ? undefined : nameIn(dir, `${collections[kind]}.yaml`);
}

function firstSite(id: string): string {
  const name = id.replaceAll(/[-_.]+/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `holdfast: 1

sites:
  ${id}: { name: ${JSON.stringify(name)}, timeZone: ${timeZone}, jurisdiction: unknown }
`;
}

/** Only the profiles, which are no part of a site. */
function withoutSites(estate: Estate): Estate {
  const empty = Object.fromEntries(
    entityKinds.map((kind) => [kind, kind === 'profile' ? estate.all(kind) : new Map()]),
  );
  // Each kind has a map, and all but the one of the profiles are empty.
  return new Estate(
    empty as never,
    (kind, id, path) => estate.at(kind, id, path),
    new Set(estate.all('profile').keys()),
  );
}
