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
/** PostgreSQL ends a statement by itself; this much later it is taken for hung, and its connection for lost. */
const ANSWER_GRACE_MS = 2_000
/** How long a connection is silent before TCP asks whether the other end is there. */
export const KEEP_ALIVE_MS = 10_000

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

/**
 * A connection that is given up with the statement that it left unanswered: `pg` alone rejects the promise and keeps the connection, whose
 * next user would wait as long again.
 */
class BoundedClient extends pg.Client {
  // `pg` takes a callback, a promise, or a query object of the caller's here.
  override query(...args: unknown[]): never {
    const asked = (super.query as (...given: unknown[]) => unknown).apply(this, args)
    if (asked instanceof Promise) {
      asked.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout') this.#giveUp()
      })
    }
    return asked as never
  }

  #giveUp(): void {
    ;(this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  }
}

export type PoolOptions = {
  max: number
  /** A statement's time. */
  statementMs?: number
  /** What each connection is told first. */
  settings?: string
}

/** A pool on `url` in which nothing waits for ever, also when PostgreSQL hangs instead of refusing. */
export function createPool(url: string, options: PoolOptions): pg.Pool {
  const { max, statementMs = STATEMENT_TIMEOUT_MS, settings } = options
  const created = new pg.Pool({
    Client: BoundedClient,
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementMs,
    query_timeout: statementMs + ANSWER_GRACE_MS,
    idle_in_transaction_session_timeout: statementMs,
    application_name: 'xwms',
    // Half-open connections after a lost network would otherwise wait for TCP's own two hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(settings ? { onConnect: async (client) => void (await client.query(settings)) } : {}),
  })
  // A client that loses its connection emits here when idle and on itself when in use; without a handler the process would end.
  const lost = (err: Error) => {
    // While the pool closes, the server may hang up first.
    if (!created.ending) log().warn({ err }, 'database connection lost')
  }
  created.on('error', lost)
  created.on('connect', (client) => void client.on('error', lost))
  return created
}

/** The pool that everything shares: Prisma, prepared statements, jobs. */
export function pool(): pg.Pool {
  return singleton('database.pool', () => createPool(databaseUrl(), { max: env().DATABASE_POOL }))
}

/**
 * The one connection that the request log is written by, so that what PostgreSQL plans for it is planned once. It does not wait for the
 * disk: when the machine itself falls over, the log may miss its last second, as it may miss what was not flushed.
 */
export function logPool(): pg.Pool {
  return singleton('database.log-pool', () => createPool(databaseUrl(), { max: 1, settings: 'SET synchronous_commit = off' }))
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

/** The transaction that {@link transactionOfVerbs} runs this in: what reads outside it would wait for a second connection, and not see its changes. */
export function joinedTransaction(): Db | undefined {
  return joined.getStore()
}

/** Closes the pools; further calls fail. For shutdown only. */
export async function closeDatabase(): Promise<void> {
  await peekSingleton<PrismaClient>('database.prisma')?.$disconnect()
  for (const name of ['database.pool', 'database.log-pool']) {
    const open = peekSingleton<pg.Pool>(name)
    if (open && !open.ended) await open.end()
  }
}

/** Whether `error` is PostgreSQL's unique violation (23505), from Prisma or `pg`; `constraint` narrows it by part of its name. */
export function isUniqueViolation(error: unknown, constraint = ''): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, meta, constraint: name } = error as { code?: unknown; meta?: unknown; constraint?: unknown }
  if (code === '23505') return String(name ?? '').includes(constraint)
  return code === 'P2002' && JSON.stringify(meta ?? '').includes(constraint)
}
