import { connect, createServer, type Server, type Socket } from 'node:net'
import type pg from 'pg'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { createPool } from './db.ts'
import { useTestDatabase } from './testing/database.ts'

/** Stands between a pool and PostgreSQL; `hang` keeps every connection open and passes nothing on any more, as a frozen machine does. */
class HangingProxy {
  #hung = false
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor(target: URL) {
    this.#server = createServer((near) => {
      // The embedded one listens on a socket file, another on TCP.
      const folder = target.searchParams.get('host')
      const port = target.port || '5432'
      const far = folder ? connect(`${folder}/.s.PGSQL.${port}`) : connect(Number(port), target.hostname)
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from)
        from.on('data', (chunk) => !this.#hung && to.write(chunk))
        from.on('close', () => !this.#hung && to.destroy())
        from.on('error', () => {})
      }
    })
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as { port: number }).port
  }

  hang(): void {
    this.#hung = true
  }

  recover(): void {
    this.#hung = false
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}

describe('a PostgreSQL that hangs', () => {
  const database = useTestDatabase()
  let proxy: HangingProxy
  let pool: pg.Pool
  afterEach(() => proxy.close())

  async function open(): Promise<void> {
    proxy = new HangingProxy(new URL(database.url()))
    const behind = new URL(database.url())
    behind.searchParams.delete('host')
    behind.hostname = '127.0.0.1'
    behind.port = String(await proxy.listen())
    pool = createPool(behind.toString(), { max: 1, statementMs: 200 })
    onTestFinished(() => pool.end())
    await pool.query('SELECT 1')
  }

  it('rejects a query in bounded time, and is asked on a new connection when it is back', async () => {
    await open()
    proxy.hang()
    await expect(pool.query('SELECT 1')).rejects.toThrow('Query read timeout')
    proxy.recover()
    expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
  })

  it('gives up the connection of a transaction with the statement that it left unanswered', async () => {
    await open()
    const client = await pool.connect()
    await client.query('BEGIN')
    proxy.hang()
    await expect(client.query('SELECT 1')).rejects.toThrow('Query read timeout')
    // As a transaction's clean-up does: no second wait.
    await expect(client.query('ROLLBACK')).rejects.toThrow('Connection terminated')
    client.release()
    proxy.recover()
    expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
  })

  it('ends a slow statement by PostgreSQL itself first', async () => {
    await open()
    await expect(pool.query('SELECT pg_sleep(10)')).rejects.toThrow('statement timeout')
    expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
  })
})
