import cluster, { type Worker } from 'node:cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '#lib/log.ts'
import { serveClusterMetrics } from './cluster-metrics.ts'
import { tryListening } from './listen.ts'
import { isStopping, onStop, stopOnSignals } from './stop.ts'

/** A worker that dies right after its start would otherwise be started in a tight loop. */
const RESTART_DELAY_MS = 1_000
const START_TIMEOUT_MS = 60_000

/**
 * Forks `count` workers that share the port, with `handed` in their environment, and keeps that many. Resolves when all serve.
 * @throws StartError when the port cannot be listened on; Error when a worker does not come up.
 */
export async function runWorkers(count: number, handed: Record<string, string>): Promise<void> {
  // Said once, here, rather than by each worker.
  await tryListening()
  serveClusterMetrics()
  const ready = Array.from({ length: count }, () => becomesReady(cluster.fork(handed)))
  onStop('workers', stopWorkers)
  stopOnSignals()
  await Promise.all(ready)
  cluster.on('exit', (worker, code, signal) => {
    if (isStopping()) return
    log().error({ worker: worker.process.pid, code, signal }, 'a worker ended; starting another')
    setTimeout(() => {
      if (!isStopping()) cluster.fork(handed)
    }, RESTART_DELAY_MS)
  })
}

function becomesReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('a worker does not come up')), START_TIMEOUT_MS)
    worker.once('message', () => {
      clearTimeout(late)
      resolve()
    })
    worker.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`a worker ended with ${code} before it served; its reason is above`))
    })
  })
}

async function stopWorkers(): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
  for (const worker of workers) worker.process.kill('SIGTERM')
  while (workers.some((worker) => !worker.isDead())) await sleep(20)
}
