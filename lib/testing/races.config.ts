import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

// npm run races: what `npm test` tries twice, two processes racing each other to one database, a hundred times each. Takes minutes.
export default mergeConfig(base, defineConfig({ test: { provide: { raceRounds: 100 } } }))
