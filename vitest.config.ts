import { defineConfig } from 'vitest/config';

const folders = '{packages,apps,scripts,bench}/**';
const slow = [`${folders}/*.integration.test.{ts,tsx}`, `${folders}/*.e2e.test.{ts,tsx}`];
const exclude = ['**/node_modules/**', '**/fixtures/**', '**/dist/**'];

export default defineConfig({
  test: {
    environment: 'node',
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${folders}/*.test.{ts,tsx}`],
          exclude: [...exclude, ...slow],
          pool: 'threads',
          // Pure tests share nothing that another could spoil; a fresh worker per file costs most of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: slow,
          exclude,
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
