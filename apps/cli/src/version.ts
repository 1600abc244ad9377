import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './io/read-estate.ts';

/** The version of the project. */
export function version(): string {
  const read = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return read.version;
}
