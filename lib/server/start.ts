import cluster from 'node:cluster'
import { ensureBuild } from '#lib/build/next-build.ts'
import { openDatabase, withBootLock } from '#lib/database/index.ts'
import { env } from '#lib/env.ts'
import { startJobs, stopJobs } from '#lib/jobs/index.ts'
import { ensureSigningKeys } from '#lib/keys/index.ts'
import { log } from '#lib/log.ts'
import { sayReady } from './banner.ts'
import { runWorkers } from './cluster.ts'
import { joinClusterMetrics } from './cluster-metrics.ts'
import { checkHost } from './listen.ts'
import { type Pages, startPages } from './pages.ts'
import { prepareWorker, serve } from './serve.ts'
import { StartError } from './start-error.ts'
import { onStop, stopAll } from './stop.ts'

/**
 * Brings the server up: database, migrations, keys, build, jobs, then HTTP, in this process or in `WORKERS` children.
 * @throws StartError with a line for the operator.
 */
export async function start(): Promise<void> {
  if (cluster.isWorker) return startWorker()
  const settings = env()
  try {
    await checkHost()
    if (!settings.development) await ensureBuild((line) => process.stderr.write(`${line}\n`))
    // With a database of others it is there or the start ends, which is said in one line, with none of Next's before it.
    const pages = settings.embedded && settings.WORKERS === 1 ? pagesMeanwhile() : undefined
    const database = await openDatabase('server')
    onStop('database', () => database.close())
    await withBootLock(database.url, ensureSigningKeys)
    await startJobs()
    onStop('jobs', stopJobs)
    warnOfSettings()
    if (settings.WORKERS > 1) await runWorkers(settings.WORKERS, { DATABASE_URL: database.url, APP_SECRET: database.appSecret })
    else await serve(pages)
    sayReady()
  } catch (error) {
    throw await failure(error)
  }
}

/** Pages need no database to be made ready, and a first start waits a second or two for one, which other processes make. */
function pagesMeanwhile(): Promise<Pages> {
  const pages = startPages()
  // Whoever waits for them is told; the start may end before anybody does.
  pages.catch(() => {})
  return pages
}

async function startWorker(): Promise<void> {
  await prepareWorker()
  joinClusterMetrics()
  await serve()
  process.send?.('ready')
}

/** Short enough to be guessed: RFC 6750 §5.2 wants bearer tokens that are not. */
const SHORT_TOKEN = 16

function warnOfSettings(): void {
  const { METRICS_TOKEN } = env()
  if (METRICS_TOKEN !== undefined && METRICS_TOKEN.length < SHORT_TOKEN)
    log().warn(`METRICS_TOKEN has fewer than ${SHORT_TOKEN} characters: whoever guesses it reads the metrics`)
}

/** Turns what went wrong into one line, after giving back what was already started. */
async function failure(error: unknown): Promise<StartError> {
  await stopAll()
  if (error instanceof StartError) return error
  const { message, path, severity } = error as NodeJS.ErrnoException & { severity?: string }
  const { DATA_DIR, embedded } = env()
  if (path?.startsWith(DATA_DIR)) return new StartError(`DATA_DIR ${DATA_DIR} cannot be used (${message})`, { cause: error })
  // What PostgreSQL itself answers has a severity.
  if (severity && !embedded) return new StartError(`the database of DATABASE_URL cannot be used: ${message}`, { cause: error })
  return new StartError(message || String(error), { cause: error })
}
