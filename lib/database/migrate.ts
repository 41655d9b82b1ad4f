import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { singleton } from '../registry.ts'
import { connectAtBoot } from './boot-client.ts'

const DIR = path.resolve(import.meta.dirname, '../../prisma/migrations')
/** Any constant; every process of this project uses the same. */
const ADVISORY_LOCK = 7_270_736_901n
const LOCK_TIMEOUT_MS = 120_000

// The same table that Prisma's own `migrate deploy` keeps, so that its `migrate status` agrees.
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

/**
 * Runs `work` while holding the advisory lock that serializes migrations, seed and first keys over all processes.
 * @throws DatabaseUnreachableError, and Error when another process holds it for two minutes.
 */
export async function withBootLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAtBoot(url)
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    await client.query('RESET lock_timeout')
    return await work(client)
  } finally {
    // Closing the session frees the lock.
    await client.end()
  }
}

/** Applies what is missing of prisma/migrations, each in one transaction. Returns the names applied. */
export async function migrate(client: pg.Client): Promise<string[]> {
  await client.query(CREATE_TABLE)
  const applied: string[] = []
  const known = await knownMigrations(client)
  for (const { name, sql, checksum } of migrationFiles()) {
    const row = known.get(name)
    if (row && row !== checksum) throw new Error(`migration ${name} was edited after it was applied`)
    if (row) continue
    await apply(client, name, sql, checksum)
    applied.push(name)
  }
  return applied
}

/** Names of migrations that this release has and the database lacks. Asked for by every look at /readyz, so the files are listed once. */
export async function pendingMigrations(client: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const known = await knownMigrations(client)
  return singleton('database.migrations', migrationNames).filter((name) => !known.has(name))
}

async function knownMigrations(client: Pick<pg.Pool, 'query'>): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function apply(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new Error(`migration ${name} failed: ${(cause as Error).message}`, { cause })
  }
}

function migrationNames(): string[] {
  return readdirSync(DIR)
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
}

function migrationFiles(): { name: string; sql: string; checksum: string }[] {
  return migrationNames().map((name) => {
    const sql = readFileSync(path.join(DIR, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}
