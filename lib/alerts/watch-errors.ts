import { findManyErrors } from './errors.sql.ts'
import { raiseAlert } from './raise-alert.ts'

/** Below a hundred requests an hour a share says little. */
const LEAST = 100
const PERCENT = 20
const MAX_CLIENTS = 500
const HOUR_MS = 3_600_000

/**
 * Raises an alert on each client with many failed requests in the last whole hour. For a job, once an hour when that hour is counted; an hour
 * counts once, however often and by how many processes it is looked at.
 */
export async function watchErrors(now = new Date()): Promise<void> {
  const end = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  for (const { clientId, requests, failed } of await findManyErrors(now, LEAST, PERCENT, MAX_CLIENTS)) {
    const evidence = { requests, failed, minutes: 60 }
    await raiseAlert({ clientId, kind: 'many_errors', evidence, occurrences: 1, onceAMoment: true }, end)
  }
}
