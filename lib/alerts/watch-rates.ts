import { raiseAlert } from './raise-alert.ts'
import { addRates, findUnusual, purgeRates } from './rates.sql.ts'

/** Ten times the usual is sudden; below one request a second nobody minds. */
const TIMES = 10
const LEAST = 300

/** Counts requests of proven clients, for their usual rate. One entry a request. */
export async function countRates(requests: { clientId: string; at: Date }[]): Promise<void> {
  if (requests.length === 0) return
  await addRates(
    requests.map(({ clientId }) => clientId),
    requests.map(({ at }) => at),
  )
}

/** Raises an alert on each client whose rate is a sudden multiple of its usual one. For a job, every minute. */
export async function watchRates(now = new Date()): Promise<void> {
  for (const { clientId, requests, usual } of await findUnusual(now, LEAST, TIMES)) {
    const evidence = { requests, minutes: 5, usual: Math.round(usual * 10) / 10 }
    await raiseAlert({ clientId, kind: 'unusual_rate', evidence, occurrences: 1 }, now)
  }
  await purgeRates(now)
}
