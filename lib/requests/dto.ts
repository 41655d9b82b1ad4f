import type { LogNames } from './names.ts'
import type { LogRow, WholeLogRow } from './read-log.sql.ts'
import { type LoggedCheck, readChecks } from './stored-checks.ts'

/** A logged request, as its line in a list shows it. */
export type RequestSummary = {
  requestId: string
  at: string
  method: string
  path: string
  endpoint: string | null
  status: number
  /** `ok` or the refusing code. */
  decision: string
  client: { id: string; name: string | null } | null
  /** `id`: null when the request named a domain that is none of the client's. */
  domain: { id: string | null; host: string } | null
  mode: 'test' | 'live' | null
  ip: string | null
  durationMs: number
}

/** Everything that was recorded. Nothing of it is secret: what could be is blotted out before it is stored. */
export type RequestDetail = RequestSummary & {
  teamId: string
  /** Who called was proven; else `client` is what the caller claimed. */
  proven: boolean
  /** What `X-Client-Domain` claimed, or the host that was asked. */
  host: string | null
  secret: { id: string; hint: string | null; label: string | null } | null
  /** The user's `sub`. */
  sub: string | null
  userAgent: string | null
  /** The gate's verdicts, in order; null when the gate was not asked. */
  checks: LoggedCheck[] | null
  detail: Record<string, unknown> | null
}

export function requestSummary(row: LogRow, { clients, domains }: LogNames): RequestSummary {
  const host = (row.domain_id && domains.get(row.domain_id)) || row.host
  return {
    requestId: row.request_id,
    at: row.at.toISOString(),
    method: row.method,
    path: row.path,
    endpoint: row.endpoint,
    status: row.status,
    decision: row.decision,
    client: row.client_id === null ? null : { id: row.client_id, name: clients.get(row.client_id) ?? null },
    domain: host === null ? null : { id: row.domain_id, host },
    mode: row.mode,
    ip: row.ip,
    durationMs: row.duration_ms,
  }
}

export function requestDetail(row: WholeLogRow & { team_id: string }, names: LogNames, secret: RequestDetail['secret']): RequestDetail {
  return {
    ...requestSummary(row, names),
    teamId: row.team_id,
    proven: row.mode !== null || row.secret_id !== null || row.decision === 'ok',
    host: row.host,
    secret,
    sub: row.account_id,
    userAgent: row.user_agent,
    checks: readChecks(row.checks),
    detail: row.detail,
  }
}
