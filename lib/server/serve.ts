import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { flushAlerts } from '#lib/alerts/index.ts'
import { apiHandler } from '#lib/api/index.ts'
import { flushSecretUses } from '#lib/clients/index.ts'
import { listCountries } from '#lib/countries/index.ts'
import { closeDatabase, setDatabaseUrl } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { cidrList, clientErrorListener, createListener } from '#lib/http/index.ts'
import { startLimits, stopLimits } from '#lib/limits/index.ts'
import { notifications } from '#lib/notifications.ts'
import { startOidc } from '#lib/oidc/index.ts'
import { markListening } from '#lib/request-facts.ts'
import { startRequestLog, stopRequestLog } from '#lib/requests/index.ts'
import { openDataKeys } from '#lib/secrets/index.ts'
import { listen } from './listen.ts'
import { startMetrics } from './metrics.ts'
import { type Pages, startPages } from './pages.ts'
import { preparePage } from './prepare-page.ts'
import { isStopping, onStop, stopOnSignals } from './stop.ts'

/** Requests that are under way when the stop begins get this long to finish. */
const DRAIN_MS = 10_000

const LIMITS: ServerOptions = {
  // More than any value may have, so that the gate is asked about a long one.
  maxHeaderSize: 32 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // The listener looks itself: Node's own refusal would be a bare 400, and takes two for one.
  requireHostHeader: false,
}

/** What a worker needs that a single process has from its start: the database and the opened keys. */
export async function prepareWorker(): Promise<void> {
  const { DATABASE_URL } = env()
  setDatabaseUrl(DATABASE_URL as string)
  onStop('database', closeDatabase)
  await openDataKeys()
}

/** Serves HTTP in this process until the stop. Resolves when the port listens. @throws StartError when it cannot */
export async function serve(preparing: Promise<Pages> = startPages()): Promise<void> {
  const settings = env()
  markListening()
  const [pages, oidc] = await Promise.all([preparing, startOidc(), startLimits(), listCountries()])
  await notifications().start()
  startRequestLog()
  startMetrics()
  onStop('limits', stopLimits)
  onStop('alerts', flushAlerts)
  onStop('request log', stopRequestLog)
  onStop('uses of secrets', flushSecretUses)
  onStop('notifications', () => notifications().stop())

  const listener = createListener({
    publicUrl: settings.PUBLIC_URL,
    development: settings.development,
    trustedProxies: cidrList(settings.TRUSTED_PROXIES),
    metricsToken: settings.METRICS_TOKEN,
    isStopping,
    oidc,
    api: apiHandler,
    pages: pages.handle,
    preparePage,
  })
  const server = listenWith(listener)
  server.on('clientError', clientErrorListener({ secure: settings.secure }))
  // RFC 9110 §10.1.1 lets a server pass over an expectation that it does not know; Node's own refusal would be a bare 417.
  server.on('checkExpectation', listener)
  pages.listenTo?.(server)
  onStop('http', () => drain(server))
  stopOnSignals()
  await listen(server)
}

function listenWith(listener: RequestListener): Server {
  const { TLS_CERT, TLS_KEY } = env()
  if (!TLS_CERT || !TLS_KEY) return createServer(LIMITS, listener)
  return createTlsServer(
    { ...LIMITS, cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY), minVersion: 'TLSv1.2' },
    listener,
  ) as unknown as Server
}

/** Takes no new connections, lets running requests end, then closes what is left. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const late = new AbortController()
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { signal: late.signal }).catch(() => {})])
  late.abort()
  server.closeAllConnections()
}
