import { defineConfig } from 'vitest/config'
import { chooseRunFolder } from './tests/setup/run-folder.ts'

chooseRunFolder()

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'server/**/*.test.ts',
      'tests/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'web/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tests/setup/global.ts'],
    setupFiles: ['tests/setup/before-each-file.ts'],
    // Processes, not threads: native modules and signals behave as in the server.
    pool: 'forks',
    // Loading the server takes longer than most files' tests, so each process loads it once for all of its files.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    // Files run beside each other, and what is slow then is not wrong.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 30_000,
    teardownTimeout: 15_000,
  },
})
