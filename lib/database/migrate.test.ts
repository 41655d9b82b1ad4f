import { expect, it } from 'vitest'
import { pool } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { pendingMigrations } from './migrate.ts'

useTestDatabase()

it('tells what the database lacks of this release, at every look anew', async () => {
  expect(await pendingMigrations(pool())).toEqual([])
  const { rows } = await pool().query<{ name: string }>('SELECT max(migration_name) AS name FROM _prisma_migrations')
  const latest = rows[0]?.name ?? ''
  await pool().query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1', [latest])
  expect(await pendingMigrations(pool())).toEqual([latest])
  await pool().query('UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE migration_name = $1', [latest])
  expect(await pendingMigrations(pool())).toEqual([])
})
