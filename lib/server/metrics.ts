import { pool } from '#lib/db.ts'
import { addCounter, addGauge } from '#lib/http/index.ts'
import { decisionCounts, requestLogCounters } from '#lib/requests/index.ts'

const LOG_ROWS = {
  buffered: 'waiting',
  written: 'written',
  dropped: 'lost while PostgreSQL was away',
  capped: 'left out because one address sent too many',
} as const

/**
 * Puts the figures of this process that other rooms keep on `/metrics`; requests by lane, their durations, and Node's own (event-loop lag,
 * memory) are there already.
 */
export function startMetrics(): void {
  for (const [name, what] of Object.entries(LOG_ROWS)) {
    addGauge(`xwms_request_log_${name}`, `Rows of the request log: ${what}`, () => requestLogCounters()[name as keyof typeof LOG_ROWS])
  }
  addCounter('xwms_decisions_total', 'Answers of the gate (kind gate) and of the OAuth endpoints, by decision', ['kind', 'decision'], () =>
    decisionCounts().decisions.map(({ kind, decision, count }) => [{ kind, decision }, count]),
  )
  addCounter('xwms_tokens_issued_total', 'Answers of the token endpoint with tokens, by grant type', ['grant_type'], () =>
    decisionCounts().tokens.map(({ grantType, count }) => [{ grant_type: grantType }, count]),
  )
  addGauge('xwms_database_connections', 'Connections of the pool that are open', () => pool().totalCount)
  addGauge('xwms_database_connections_idle', 'Connections of the pool that nobody uses', () => pool().idleCount)
  addGauge('xwms_database_waiting', 'Queries that wait for a connection', () => pool().waitingCount)
}
