import { newId } from '#lib/ids.ts'
import type { RequestRow } from '#lib/requests/index.ts'

/** A request that passed, for tests; `changes` on top. */
export function requestRow(changes: Partial<RequestRow> = {}): RequestRow {
  return {
    requestId: newId('req'),
    at: new Date(),
    teamId: 'tm_1',
    clientId: 'cl_1',
    domainId: null,
    secretId: null,
    accountId: null,
    mode: 'live',
    method: 'GET',
    path: '/api/v1/whoami',
    endpoint: 'GET v1/whoami',
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
