import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry } from 'prom-client'
import { metricsRegistry, setMetricsSource } from '#lib/http/index.ts'

// Whichever worker is asked for /metrics answers for all of them: it asks the first process, which adds up what each worker has.

const ASK = 'xwms:metrics'

type Question = { type: typeof ASK; id: number }
type Answer = Question & { text?: string; error?: string }

/** An answer that does not come means figures of this worker alone would be taken for everyone's: better none. */
const TIMEOUT_MS = 6_000

/** In a worker: gives its figures when asked, and asks for everyone's. */
export function joinClusterMetrics(): void {
  AggregatorRegistry.setRegistries(metricsRegistry())
  // It is the constructor that makes a worker answer.
  new AggregatorRegistry()
  const waiting = new Map<number, (answer: Answer) => void>()
  let asked = 0
  process.on('message', (message: Answer) => {
    if (message?.type !== ASK) return
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  setMetricsSource(
    () =>
      new Promise((resolve, reject) => {
        const id = ++asked
        const late = setTimeout(() => {
          waiting.delete(id)
          reject(new Error('the figures of the workers did not come in time'))
        }, TIMEOUT_MS)
        waiting.set(id, ({ text, error }) => {
          clearTimeout(late)
          if (text === undefined) reject(new Error(error))
          else resolve(text)
        })
        process.send?.({ type: ASK, id } satisfies Question)
      }),
  )
}

/** In the first process: adds up what the workers have, for the one that asks. */
export function serveClusterMetrics(): void {
  const all = new AggregatorRegistry()
  cluster.on('message', (worker: Worker, message: Question) => {
    if (message?.type !== ASK) return
    const { id } = message
    const answer = (given: Pick<Answer, 'text' | 'error'>) => {
      // It may have ended meanwhile.
      if (worker.isConnected()) worker.send({ type: ASK, id, ...given } satisfies Answer)
    }
    all.clusterMetrics().then(
      (text) => answer({ text }),
      (error: Error) => answer({ error: error.message }),
    )
  })
}
