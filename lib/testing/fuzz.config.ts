import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

// npm run fuzz: the properties of `npm test`, for as long as one likes to wait (some minutes).
export default mergeConfig(base, defineConfig({ test: { include: [], provide: { fuzzRuns: 20_000 } } }))
