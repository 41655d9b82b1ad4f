import { singleton } from '#lib/registry.ts'
import { raiseAlert } from './raise-alert.ts'
import { addRates, type ClientCount, findUnusual, purgeRates, SLOT_MS } from './rates.sql.ts'

/** Ten times the usual is sudden; below one request a second nobody minds. */
const TIMES = 10
const LEAST = 300

const pending = (): Map<string, ClientCount> => singleton('alerts.rates', () => new Map())

/** Counts a request of a proven client, for its usual rate. In memory: {@link writeRates} puts it where all processes add up. */
export function countRate(clientId: string, at: Date): void {
  add(clientId, Math.floor(at.getTime() / SLOT_MS) * SLOT_MS, 1)
}

/** `slot`: milliseconds. Under a client's id is the slot that it was counted in last, nearly always the only one; others stand beside. */
function add(clientId: string, slot: number, requests: number): void {
  const counts = pending()
  const last = counts.get(clientId)
  if (last?.slot.getTime() === slot) {
    last.requests += requests
    return
  }
  if (last) counts.set(`${clientId} ${last.slot.getTime()}`, last)
  const key = `${clientId} ${slot}`
  const before = counts.get(key)
  counts.delete(key)
  counts.set(clientId, { clientId, slot: new Date(slot), requests: requests + (before?.requests ?? 0) })
}

/** Writes what was counted since the last time. @throws pg errors; nothing is lost then, the next call writes it */
export async function writeRates(): Promise<void> {
  const counts = [...pending().values()]
  if (counts.length === 0) return
  pending().clear()
  try {
    await addRates(counts)
  } catch (error) {
    for (const { clientId, slot, requests } of counts) add(clientId, slot.getTime(), requests)
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
