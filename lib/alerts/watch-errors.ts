import { findManyErrors } from './errors.sql.ts'
import { raiseAlert } from './raise-alert.ts'

/** Below a hundred requests an hour a share says little. */
const LEAST = 100
const PERCENT = 20
const MAX_CLIENTS = 500

/** Raises an alert on each client with many failed requests in the last whole hour. For a job, once an hour when that hour is counted. */
export async function watchErrors(now = new Date()): Promise<void> {
  for (const { clientId, requests, failed } of await findManyErrors(now, LEAST, PERCENT, MAX_CLIENTS)) {
    const evidence = { requests, failed, minutes: 60 }
    await raiseAlert({ clientId, kind: 'many_errors', evidence, occurrences: 1 }, now)
  }
}
