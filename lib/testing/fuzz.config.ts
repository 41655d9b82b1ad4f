import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

// npm run fuzz: the properties that `npm test` tries a few hundred times, 20,000 times each. Takes minutes.
export default mergeConfig(base, defineConfig({ test: { provide: { fuzzRuns: 20_000 } } }))
