import pg from 'pg'
import { databaseUrl, KEEP_ALIVE_MS } from './db.ts'
import { log } from './log.ts'
import { singleton } from './registry.ts'

type Handler = () => void

/** Between two tries to reach PostgreSQL again. */
const RETRY_MS = 500

/** Calls handlers when PostgreSQL notifies a channel, over one connection a process that comes back by itself. */
class Listener {
  readonly #handlers = new Map<string, Set<Handler>>()
  #client: pg.Client | undefined
  #stopped = false
  #retry: NodeJS.Timeout | undefined

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl(),
      connectionTimeoutMillis: 5_000,
      // Only LISTEN is asked on it; an answer that does not come means another connection.
      query_timeout: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      application_name: 'xwms listen',
    })
    this.#client = client
    client.on('error', () => {})
    client.once('end', () => this.#again(client))
    client.on('notification', ({ channel }) =>
      this.#handlers.get(channel)?.forEach((handler) => {
        handler()
      }),
    )
    try {
      await client.connect()
      for (const channel of this.#handlers.keys()) await client.query(`LISTEN ${channel}`)
    } catch (err) {
      log().warn({ err }, 'not listening to PostgreSQL')
      this.#again(client)
      return
    }
    // Whatever was notified while we were away is lost: treat every channel as notified.
    for (const handlers of this.#handlers.values()) for (const handler of handlers) handler()
  }

  on(channel: string, handler: Handler): void {
    const handlers = this.#handlers.get(channel) ?? new Set()
    this.#handlers.set(channel, handlers.add(handler))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#retry)
    await this.#client?.end().catch(() => {})
  }

  #again(client: pg.Client): void {
    if (this.#stopped || this.#client !== client) return
    this.#client = undefined
    client.end().catch(() => {})
    this.#retry = setTimeout(() => void this.start(), RETRY_MS)
    this.#retry.unref()
  }
}

/** This process's listener. Register with `on` before `start`; handlers also run after every (re)connection. */
export function notifications(): Listener {
  return singleton('notifications', () => new Listener())
}
