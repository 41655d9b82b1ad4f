import { Logger, type Runner, run } from 'graphile-worker'
import { pool } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { closeMail } from '#lib/mail/index.ts'
import { peekSingleton, setSingleton } from '#lib/registry.ts'
import { createPartitions } from '#lib/requests/index.ts'
import { SCHEDULE, TASKS } from './tasks.ts'

const RUNNER = 'jobs.runner'
const CONCURRENCY = 4
/** New jobs arrive by notification; this is for those that wait for a retry. */
const POLL_MS = 2_000

/** Brings the queue's own tables up to date and starts working. Call once an installation. */
export async function startJobs(): Promise<void> {
  await createPartitions()
  const runner = await run({
    pgPool: pool(),
    taskList: TASKS,
    crontab: SCHEDULE,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => write(level, message)),
  })
  // The keys ahead are made here, not while the start waits.
  await runner.addJob('tend-keys', {}, { jobKey: 'tend-keys', maxAttempts: 5 })
  setSingleton(RUNNER, runner)
  // The promise settles when the runner stops; an outage is logged here and the queue goes on when the database is back.
  runner.promise.catch((err: unknown) => log().error({ err }, 'job runner stopped'))
}

/** Finishes running jobs and stops. Does nothing when not started. */
export async function stopJobs(): Promise<void> {
  const runner = peekSingleton<Runner | null>(RUNNER)
  setSingleton(RUNNER, null)
  await runner?.stop()
  closeMail()
}

/** Its lines name tasks and job ids; a job's own log would hold nothing secret, as payloads are ids. */
function write(level: string, message: string): void {
  if (level === 'error' || level === 'warning') log().warn(message)
  else log().debug(message)
}
