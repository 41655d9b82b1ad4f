import { singleton } from '#lib/registry.ts'
import { raiseAlert } from './raise-alert.ts'
import { addRates, type ClientCount, findUnusual, purgeRates, SLOT_MS } from './rates.sql.ts'

/** Ten times the usual is sudden; below one request a second nobody minds. */
const TIMES = 10
const LEAST = 300

const pending = (): Map<string, ClientCount> => singleton('alerts.rates', () => new Map())

/** Counts a request of a proven client, for its usual rate. In memory: {@link writeRates} puts it where all processes add up. */
export function countRate(clientId: string, at: Date): void {
  const slot = Math.floor(at.getTime() / SLOT_MS)
  const key = `${clientId} ${slot}`
  const count = pending().get(key)
  if (count) count.requests++
  else pending().set(key, { clientId, slot: new Date(slot * SLOT_MS), requests: 1 })
}

/** Writes what was counted since the last time. @throws pg errors; nothing is lost then, the next call writes it */
export async function writeRates(): Promise<void> {
  const counts = [...pending().values()]
  if (counts.length === 0) return
  pending().clear()
  try {
    await addRates(counts)
  } catch (error) {
    for (const { clientId, slot, requests } of counts) {
      const key = `${clientId} ${slot.getTime() / SLOT_MS}`
      const count = pending().get(key)
      if (count) count.requests += requests
      else pending().set(key, { clientId, slot, requests })
    }
    throw error
  }
}

/** Raises an alert on each client whose rate is a sudden multiple of its usual one. For a job, every minute. */
export async function watchRates(now = new Date()): Promise<void> {
  for (const { clientId, requests, usual } of await findUnusual(now, LEAST, TIMES)) {
    const evidence = { requests, minutes: 5, usual: Math.round(usual * 10) / 10 }
    await raiseAlert({ clientId, kind: 'unusual_rate', evidence, occurrences: 1 }, now)
  }
  await purgeRates(now)
}
