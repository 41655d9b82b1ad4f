import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepare, startEmbedded } from '#lib/database/index.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { APP_SECRET, TEST_ENV } from './constants.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** Starts one PostgreSQL for the whole run and prepares the database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  setSingleton('env', parseEnv(TEST_ENV))
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-test-'))
  const database = await startEmbedded({ dir: path.join(dir, 'postgres'), maxConnections: 200, durable: false })
  await prepare(database.url, APP_SECRET)
  project.provide('databaseUrl', database.url)
  return async () => {
    await database.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
