import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, pool, setDatabaseUrl } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { loadDataKeys } from '#lib/secrets/index.ts'
import { APP_SECRET, TEST_ENV } from './constants.ts'

/**
 * Gives the test file that calls it a database of its own (a copy of the migrated and seeded one) on a real PostgreSQL, reached
 * through lib/db.ts as in production, and removes it at the end.
 */
export function useTestDatabase(): { url: () => string } {
  const name = `test_${randomBytes(6).toString('hex')}`
  let url = ''

  beforeAll(async () => {
    const template = inject('databaseUrl')
    url = at(template, name)
    await admin(template, async (client) => {
      // Copying a template needs it free of other sessions for a moment; parallel files take turns.
      await client.query('SELECT pg_advisory_lock(1)')
      await client.query(`CREATE DATABASE ${name} TEMPLATE xwms`)
    })
    setSingleton('env', parseEnv({ ...TEST_ENV, DATABASE_URL: url }))
    setDatabaseUrl(url)
    await loadDataKeys(pool(), APP_SECRET)
  })

  afterAll(async () => {
    await closeDatabase()
    await admin(inject('databaseUrl'), async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    })
  })

  return { url: () => url }
}

function at(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}

async function admin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: at(url, 'postgres') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
