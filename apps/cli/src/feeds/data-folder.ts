import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the user's data lie unless said otherwise. @see https://specifications.freedesktop.org/basedir-spec/latest/ */
export function dataFolder(): string {
  const set = process.env['XDG_DATA_HOME'];
  return join(
    set !== undefined && set.startsWith('/') ? set : join(homedir(), '.local', 'share'),
    'holdfast',
  );
}
