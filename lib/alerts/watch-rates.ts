import { raiseAlert } from './raise-alert.ts'
import { addRates, type ClientCount, findUnusual, purgeRates, SLOT_MS } from './rates.sql.ts'

/** Ten times the usual is sudden; below one request a second nobody minds. */
const TIMES = 10
const LEAST = 300

/** Counts requests of proven clients, for their usual rate. One entry a request. */
export async function countRates(requests: { clientId: string; at: Date }[]): Promise<void> {
  const counts = new Map<string, ClientCount>()
  for (const { clientId, at } of requests) {
    const slot = Math.floor(at.getTime() / SLOT_MS)
    const key = `${clientId} ${slot}`
    const count = counts.get(key)
    if (count) count.requests++
    else counts.set(key, { clientId, slot: new Date(slot * SLOT_MS), requests: 1 })
  }
  if (counts.size > 0) await addRates([...counts.values()])
}

/** Raises an alert on each client whose rate is a sudden multiple of its usual one. For a job, every minute. */
export async function watchRates(now = new Date()): Promise<void> {
  for (const { clientId, requests, usual } of await findUnusual(now, LEAST, TIMES)) {
    const evidence = { requests, minutes: 5, usual: Math.round(usual * 10) / 10 }
    await raiseAlert({ clientId, kind: 'unusual_rate', evidence, occurrences: 1 }, now)
  }
  await purgeRates(now)
}
