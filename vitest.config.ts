import { defineConfig } from 'vitest/config';

/** Vitest's own is one second, which a whole process or a busy machine may take. */
const patience = { poll: { timeout: 20_000 } };

/** Long by nature: `npm test` leaves it out, `npm run soak` runs nothing else. */
const soak = {
  test: { name: 'soak', include: ['test/soak/**/*.test.ts'], environment: 'node' as const, expect: patience },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/servers/**', 'test/soak/**', '**/node_modules/**'],
          environment: 'node',
          expect: patience,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          // With PostgreSQL, nginx or many processes beside it: one file at a time.
          name: 'servers',
          include: ['test/servers/**/*.test.ts'],
          environment: 'node',
          expect: patience,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['test/watchdog/setup.ts'],
          expect: patience,
          // Two cores: browsers side by side, or beside the unit tests, would measure each other, not the product.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          // Servers and browsers start and end in hooks.
          hookTimeout: 30_000,
        },
      },
      ...(process.env.MEET_SOAK_MINUTES ? [soak] : []),
    ],
  },
});
