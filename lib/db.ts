import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '#prisma/generated/client.ts'
import { env } from './env.ts'
import { log } from './log.ts'
import { peekSingleton, setSingleton, singleton } from './registry.ts'

export type { PrismaClient } from '#prisma/generated/client.ts'
export { Prisma }

/** Prisma inside or outside a transaction: what `internal.ts` files take. */
export type Db = Prisma.TransactionClient

/** A statement may run this long before PostgreSQL ends it: nothing waits for ever. */
const STATEMENT_TIMEOUT_MS = 15_000
const CONNECT_TIMEOUT_MS = 5_000

const URL_NAME = 'database.url'

/** Says where the database is; the boot calls it before anything opens the pool. */
export function setDatabaseUrl(url: string): void {
  setSingleton(URL_NAME, url)
}

/** The connection string in use. @throws Error when the boot has not set one. */
export function databaseUrl(): string {
  const url = peekSingleton<string>(URL_NAME) ?? env().DATABASE_URL
  if (!url) throw new Error('the database is not started')
  return url
}

/** The pool that everything shares: Prisma, prepared statements, jobs. */
export function pool(): pg.Pool {
  return singleton('database.pool', () => {
    const created = new pg.Pool({
      connectionString: databaseUrl(),
      max: env().DATABASE_POOL,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'xwms',
      // Half-open connections after a lost network would otherwise wait for TCP's own two hours.
      keepAlive: true,
    })
    // An idle client that loses its connection emits here; without a handler the process would end.
    created.on('error', (err) => {
      // While the pool closes, the server may hang up first.
      if (!created.ending) log().warn({ err }, 'idle database connection lost')
    })
    return created
  })
}

/** Prisma over the shared pool. */
export function db(): PrismaClient {
  return singleton('database.prisma', () => new PrismaClient({ adapter: new PrismaPg(pool()) }))
}

const joined = new AsyncLocalStorage<Db>()

/** Runs `work` in one transaction: all of it or nothing. */
export function transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  const outer = joined.getStore()
  if (outer) return work(outer)
  return db().$transaction(work, { timeout: STATEMENT_TIMEOUT_MS, maxWait: CONNECT_TIMEOUT_MS })
}

/**
 * {@link transaction} for work that calls verbs: what they do belongs to this transaction too, so that it happens with the rest or not at all, and
 * under the locks that this one holds.
 */
export function transactionOfVerbs<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return transaction((tx) => joined.run(tx, () => work(tx)))
}

/** Closes the pool; further calls fail. For shutdown only. */
export async function closeDatabase(): Promise<void> {
  await peekSingleton<PrismaClient>('database.prisma')?.$disconnect()
  const open = peekSingleton<pg.Pool>('database.pool')
  if (open && !open.ended) await open.end()
}

/** Whether `error` is PostgreSQL's unique violation (23505), from Prisma or `pg`; `constraint` narrows it by part of its name. */
export function isUniqueViolation(error: unknown, constraint = ''): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, meta, constraint: name } = error as { code?: unknown; meta?: unknown; constraint?: unknown }
  if (code === '23505') return String(name ?? '').includes(constraint)
  return code === 'P2002' && JSON.stringify(meta ?? '').includes(constraint)
}
