import { randomUUID } from 'node:crypto'
import { logPool } from '#lib/db.ts'
import { cleanDetail, cleanPath, cleanText, isOrdinary, mayCarry, plainText } from './clean-text.ts'
import { copyField, copyIn, fieldsOf } from './copy-in.ts'
import type { RequestRow } from './request-row.ts'
import { storeChecks } from './stored-checks.ts'

// The flush of the request log is a hot path: one statement for many rows.

/** The columns, in the order of a line's fields, as an INSERT reads them. */
const COLUMNS: readonly [name: string, type: string][] = [
  ['id', 'text'],
  ['at', 'timestamptz'],
  ['request_id', 'text'],
  ['team_id', 'text'],
  ['client_id', 'text'],
  ['domain_id', 'text'],
  ['secret_id', 'text'],
  ['account_id', 'text'],
  ['mode', 'text'],
  ['method', 'text'],
  ['path', 'text'],
  ['endpoint', 'text'],
  ['status', 'int'],
  ['decision', 'text'],
  ['ip', 'text'],
  ['user_agent', 'text'],
  ['host', 'text'],
  ['duration_ms', 'float8'],
  ['checks', 'text'],
  ['detail', 'text'],
]

/**
 * A row as it waits to be written: its line for COPY. One text for each, since thousands may wait, and what waits is what the garbage
 * collector has to carry along.
 */
export type StoredRow = {
  line: string
  /** Nobody proved to be the client that it names. */
  claim: boolean
}

const NAMES = COLUMNS.map(([name]) => name)

/**
 * A row without a team claims a client; where that client exists, its team gets to see it. Nobody waits for this look-up, so nobody
 * can learn from it.
 */
const INSERT = `
INSERT INTO request_logs (${NAMES.join(', ')})
SELECT ${NAMES.map(selected).join(', ')}
FROM unnest(${COLUMNS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')}) AS r(${NAMES.join(', ')})
LEFT JOIN clients c ON r.team_id IS NULL AND c.id = r.client_id AND c.deleted_at IS NULL
ON CONFLICT DO NOTHING`

function selected(name: string): string {
  if (name === 'team_id') return 'coalesce(r.team_id, c.team_id)'
  if (name === 'mode') return 'r.mode::mode'
  if (name === 'checks') return 'r.checks::json'
  if (name === 'detail') return 'r.detail::jsonb'
  return `r.${name}`
}

/**
 * The row as it may be stored: nothing that looks like a secret, no character that PostgreSQL refuses, no endless text. Its id is given before the
 * first try, so that a second one after a lost connection writes nothing twice.
 */
export function storedRow(row: RequestRow): StoredRow {
  const { checks, detail, durationMs } = row
  // In the order of COLUMNS. Written out, since every request makes one; times and numbers hold nothing to escape.
  const line = [
    randomUUID(),
    row.at.toISOString(),
    ours(row.requestId),
    ours(row.teamId),
    theirs(row.clientId),
    theirs(row.domainId),
    theirs(row.secretId),
    theirs(row.accountId),
    row.mode ?? '\\N',
    ours(row.method.slice(0, 20)),
    pathField(row.path),
    ours(row.endpoint),
    row.status,
    ours(row.decision),
    ours(row.ip),
    theirs(row.userAgent),
    theirs(row.host),
    Number.isFinite(durationMs) ? Math.round(durationMs * 1000) / 1000 : 0,
    copyField(checks && storeChecks(checks)),
    copyField(detail && JSON.stringify(cleanDetail(detail))),
  ].join('\t')
  return { line, claim: row.teamId === null }
}

function ours(value: string | null): string {
  return value === null || !isOrdinary(value) ? copyField(value && plainText(value)) : value
}

function theirs(value: string | null): string {
  return value === null || !isOrdinary(value) ? copyField(value && cleanText(value)) : value
}

function pathField(path: string): string {
  return isOrdinary(path) && !mayCarry(path) ? path : copyField(cleanPath(path))
}

/** The id under which a stored row's answer told of itself. */
export function requestIdOf({ line }: StoredRow): string | null {
  return fieldsOf(line)[NAMES.indexOf('request_id')] ?? null
}

/**
 * Writes rows that no earlier try may have written: those that are proven without asking anything, the others by {@link insertRows}.
 * @throws pg errors; some of the rows may be written then
 */
export async function copyRows(rows: readonly StoredRow[]): Promise<void> {
  const proven: string[] = []
  const claims: StoredRow[] = []
  for (const row of rows) {
    if (row.claim) claims.push(row)
    else proven.push(row.line)
  }
  if (proven.length > 0) await copyIn('request_logs', NAMES, proven)
  if (claims.length > 0) await insertRows(claims)
}

/** Writes rows, all or none; those that are written already stay as they are. @throws pg errors */
export async function insertRows(rows: readonly StoredRow[]): Promise<void> {
  const fields = rows.map(({ line }) => fieldsOf(line))
  const values = COLUMNS.map((_, at) => fields.map((row) => row[at]))
  await logPool().query({ name: 'requests_insert', text: INSERT, values })
}
