import cluster from 'node:cluster'
import { ensureBuild } from '#lib/build/next-build.ts'
import { openDatabase, withBootLock } from '#lib/database/index.ts'
import { env } from '#lib/env.ts'
import { startJobs, stopJobs } from '#lib/jobs/index.ts'
import { ensureSigningKeys } from '#lib/keys/index.ts'
import { sayReady } from './banner.ts'
import { runWorkers } from './cluster.ts'
import { prepareWorker, serve } from './serve.ts'
import { StartError } from './start-error.ts'
import { onStop } from './stop.ts'

/**
 * Brings the server up: database, migrations, keys, build, jobs, then HTTP, in this process or in `WORKERS` children.
 * @throws StartError with a line for the operator.
 */
export async function start(): Promise<void> {
  if (cluster.isWorker) return startWorker()
  const settings = env()
  try {
    if (!settings.development) await ensureBuild((line) => process.stderr.write(`${line}\n`))
    const database = await openDatabase('server')
    onStop('database', () => database.close())
    await withBootLock(database.url, ensureSigningKeys)
    await startJobs()
    onStop('jobs', stopJobs)
    if (settings.WORKERS > 1) await runWorkers(settings.WORKERS, { DATABASE_URL: database.url, APP_SECRET: database.appSecret })
    else await serve()
    sayReady()
  } catch (error) {
    throw await failure(error)
  }
}

async function startWorker(): Promise<void> {
  await prepareWorker()
  await serve()
  process.send?.('ready')
}

/** Turns what went wrong into one line, after giving back what was already started. */
async function failure(error: unknown): Promise<StartError> {
  const { stopAll } = await import('./stop.ts')
  await stopAll()
  const { code, message, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  if (code === 'EADDRINUSE') return new StartError(`port ${port} on ${address} is in use by another program; set PORT`)
  if (code === 'EACCES' && port) return new StartError(`port ${port} needs more rights; set PORT to one above 1023`)
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return new StartError(`the database of DATABASE_URL does not answer (${message})`, { cause: error })
  return new StartError(message || String(error), { cause: error })
}
