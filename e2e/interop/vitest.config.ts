import { defineConfig } from 'vitest/config'

// npm run test:interop: relying parties that others wrote, from Debian's packages, against a real server.
export default defineConfig({
  test: {
    include: ['e2e/interop/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
})
