import { pool } from '#lib/db.ts'
import type { Position } from './cursor.ts'
import { ANY_REFUSAL, type RequestFilters } from './schemas.ts'

// Reading the log: ten million rows in partitions by day. Whatever is asked, an index leads through it newest first, and no statement
// looks at more than `scan` rows: conditions with an index narrow what is walked (`walk`), the others are held against each row (`keep`).
// Statements are unnamed, so that PostgreSQL plans each for its values and leaves out the partitions that the range does not touch.

/** Which rows, for the statements here. */
export type LogScope = {
  teamId: string
  clientIds: readonly string[] | null
  since: Date
  until: Date | null
  filters: RequestFilters
  /** The ids of the domains that `filters.domain` names. */
  domainIds: readonly string[]
}

export type LogRow = {
  at: Date
  request_id: string
  team_id: string | null
  client_id: string | null
  domain_id: string | null
  mode: 'test' | 'live' | null
  method: string
  path: string
  endpoint: string | null
  status: number
  decision: string
  ip: string | null
  host: string | null
  duration_ms: number
}

export type WholeLogRow = LogRow & {
  secret_id: string | null
  account_id: string | null
  user_agent: string | null
  checks: unknown
  detail: Record<string, unknown> | null
}

const SUMMARY = 'at, request_id, team_id, client_id, domain_id, mode, method, path, endpoint, status, decision, ip, host, duration_ms'
const WHOLE = `${SUMMARY}, secret_id, account_id, user_agent, checks, detail`

/** A condition with a `?` for each value. */
type Condition = [text: string, ...values: unknown[]]

/** The index `request_logs_refused` is over these rows, and the planner must recognise them. */
const REFUSED: Condition = [`(status >= 400 OR decision <> 'ok')`]

function conditionsOf({ teamId, clientIds, since, until, filters, domainIds }: LogScope): { walk: Condition[]; keep: Condition[] } {
  const { client, decision, status, ip, request, mode, path, domain } = filters
  const walk: Condition[] = [['at >= ?', since]]
  const keep: Condition[] = []
  const clients = client === undefined ? clientIds : clientIds === null || clientIds.includes(client) ? [client] : []
  if (clients?.length === 1) {
    // One client is walked by its own index; the team is then held against each row.
    walk.push(['client_id = ?', clients[0]])
    keep.push(['team_id = ?', teamId])
  } else {
    walk.push(['team_id = ?', teamId])
    if (clients) keep.push(['client_id = ANY(?::text[])', clients])
  }
  if (until) walk.push(['at < ?', until])
  if (request !== undefined) walk.push(['request_id = ?', request])
  if (ip !== undefined) walk.push(['ip = ?', ip])
  if ((decision !== undefined && decision !== 'ok') || (status !== undefined && /^[45]/.test(status))) walk.push(REFUSED)
  if (decision !== undefined) keep.push(decision === ANY_REFUSAL ? [`decision <> 'ok'`] : ['decision = ?', decision])
  if (status?.endsWith('xx')) keep.push(['status BETWEEN ? AND ?', Number(status[0]) * 100, Number(status[0]) * 100 + 99])
  else if (status !== undefined) keep.push(['status = ?', Number(status)])
  if (mode !== undefined) keep.push(['mode = ?', mode])
  if (path !== undefined) keep.push(['starts_with(path, ?)', path])
  if (domain !== undefined) keep.push(['(domain_id = ANY(?::text[]) OR lower(host) = ?)', domainIds, domain.toLowerCase()])
  return { walk, keep }
}

/** Conditions as SQL; their values go to the end of `values`. */
function written(conditions: readonly Condition[], values: unknown[]): string {
  const texts = conditions.map(([text, ...given]) => {
    let next = 0
    return text.replaceAll('?', () => `$${values.push(given[next++])}`)
  })
  return texts.length > 0 ? texts.join(' AND ') : 'true'
}

/** The newest `scan` rows of the walk, from behind `after` on. */
function walked(walk: Condition[], columns: string, scan: number, after: Position | null, values: unknown[]): string {
  // The first says what the second does: PostgreSQL leaves partitions out by a column, not by a row of them.
  const conditions: Condition[] = after ? [...walk, ['at <= ?', after.at], ['(at, request_id) < (?, ?)', after.at, after.requestId]] : walk
  return `SELECT ${columns} FROM request_logs WHERE ${written(conditions, values)} ORDER BY at DESC, request_id DESC LIMIT ${scan}`
}

type Page = { after: Position | null; limit: number; scan: number }

/** The newest rows of a scope behind `after`, out of the next `scan` that an index leads to. */
export async function readRows(scope: LogScope, page: Page): Promise<LogRow[]> {
  return (await pool().query<LogRow>(rowsStatement(scope, page))).rows
}

/** What {@link readRows} asks; its own so that a test can have PostgreSQL explain it. */
export function rowsStatement(scope: LogScope, { after, limit, scan }: Page): { text: string; values: unknown[] } {
  const { walk, keep } = conditionsOf(scope)
  const values: unknown[] = []
  const inner = walked(walk, SUMMARY, scan, after, values)
  const text = `SELECT * FROM (${inner}) AS walked WHERE ${written(keep, values)} ORDER BY at DESC, request_id DESC LIMIT ${limit}`
  return { text, values }
}

/** Where a walk of `scan` rows behind `after` ends; null when the scope has fewer. */
export async function endOfWalk(scope: LogScope, after: Position | null, scan: number): Promise<Position | null> {
  const values: unknown[] = []
  const inner = walked(conditionsOf(scope).walk, 'at, request_id', scan, after, values)
  const { rows } = await pool().query<Position>({
    text: `SELECT at, request_id AS "requestId" FROM (${inner}) AS walked OFFSET ${scan - 1}`,
    values,
  })
  return rows[0] ?? null
}

const COLUMN = /\b(?:team_id|client_id|domain_id|mode|path|host|status|decision)\b/g

/** How many rows of a scope there are among the newest `scan` of its walk, and how many of those were looked at. */
export async function countRows(scope: LogScope, scan: number): Promise<{ matched: number; walked: number }> {
  const { rows } = await pool().query<{ walked: string; matched: string }>(countStatement(scope, scan))
  return { matched: Number(rows[0]?.matched), walked: Number(rows[0]?.walked) }
}

/** What {@link countRows} asks; its own so that a test can have PostgreSQL explain it. */
export function countStatement(scope: LogScope, scan: number): { text: string; values: unknown[] } {
  const { walk, keep } = conditionsOf(scope)
  const values: unknown[] = []
  // No other columns than are held against something, and no order beyond the walk's: an index may have all of them, and the rows are left alone.
  const columns = new Set(keep.flatMap(([text]) => text.match(COLUMN) ?? []))
  const order = 'ORDER BY at DESC'
  const inner = `SELECT ${[...columns].join(', ') || '1'} FROM request_logs WHERE ${written(walk, values)} ${order} LIMIT ${scan}`
  const text = `SELECT count(*) AS walked, count(*) FILTER (WHERE ${written(keep, values)}) AS matched FROM (${inner}) AS walked`
  return { text, values }
}

/** Every row with this request id, whosever it is. */
export async function rowsOfRequest(requestId: string): Promise<WholeLogRow[]> {
  const text = `SELECT ${WHOLE} FROM request_logs WHERE request_id = $1 ORDER BY at DESC LIMIT 5`
  const { rows } = await pool().query<WholeLogRow>({ text, values: [requestId] })
  return rows
}
