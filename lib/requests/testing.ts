import { newRequestId } from '#lib/ids.ts'
import { emptyBuffer } from './record-request.ts'
import { insertLines, storedLine } from './request-log.sql.ts'
import type { RequestRow } from './request-row.ts'

export { emptyBuffer }

/** A row as the buffer holds it, with its id: to be written more than once, or by several at a time. For tests. */
export const buffered = storedLine

/** Writes rows as one flush does. For tests. */
export function flushOf(rows: string[]): Promise<void> {
  return insertLines(rows)
}

/** A logged request of a team, for tests; without more, an admitted API call of a moment ago. */
export function logRow(teamId: string, changes: Partial<RequestRow> = {}): RequestRow {
  return {
    requestId: newRequestId(),
    at: new Date(Date.now() - 1_000),
    teamId,
    clientId: null,
    domainId: null,
    secretId: null,
    accountId: null,
    mode: 'live',
    method: 'POST',
    path: '/api/get/user/info',
    endpoint: 'POST get/user/info',
    status: 200,
    decision: 'ok',
    ip: '203.0.113.7',
    userAgent: 'curl/8',
    host: 'app.example.com',
    durationMs: 1.5,
    checks: null,
    detail: null,
    ...changes,
  }
}

/** Writes rows at once. For tests. */
export function writeLog(...rows: RequestRow[]): Promise<void> {
  return flushOf(rows.map(buffered))
}
