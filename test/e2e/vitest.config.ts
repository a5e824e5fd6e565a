import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/e2e/**/*.story.ts'],
    globalSetup: ['test/database.ts', 'test/e2e/pictures.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Browsers wait more than they work.
    maxWorkers: 3,
    // Every file makes its own world; what they import is read once.
    isolate: false,
  },
})
