import { randomUUID } from 'node:crypto'
import { pool } from '#lib/db.ts'
import type { CleanRow } from './clean-row.ts'
import { copyField, copyIn } from './copy-in.ts'

// The flush of the request log is a hot path: one statement for many rows.

/** How each column is filled, in the statement's order. */
const COLUMNS: readonly [name: string, type: string, value: (row: StoredRow) => unknown][] = [
  ['id', 'text', (row) => row.id],
  ['at', 'timestamptz', (row) => row.at],
  ['request_id', 'text', (row) => row.requestId],
  ['team_id', 'text', (row) => row.teamId],
  ['client_id', 'text', (row) => row.clientId],
  ['domain_id', 'text', (row) => row.domainId],
  ['secret_id', 'text', (row) => row.secretId],
  ['account_id', 'text', (row) => row.accountId],
  ['mode', 'text', (row) => row.mode],
  ['method', 'text', (row) => row.method],
  ['path', 'text', (row) => row.path],
  ['endpoint', 'text', (row) => row.endpoint],
  ['status', 'int', (row) => row.status],
  ['decision', 'text', (row) => row.decision],
  ['ip', 'text', (row) => row.ip],
  ['user_agent', 'text', (row) => row.userAgent],
  ['host', 'text', (row) => row.host],
  ['duration_ms', 'float8', (row) => row.durationMs],
  ['checks', 'text', (row) => row.checks && JSON.stringify(row.checks)],
  ['detail', 'text', (row) => row.detail && JSON.stringify(row.detail)],
]

/** A row with its id: given before the first try, so that a second one after a lost connection writes nothing twice. */
export type StoredRow = CleanRow & { id: string }

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
  if (name === 'checks' || name === 'detail') return `r.${name}::jsonb`
  return `r.${name}`
}

export function storedRow(row: CleanRow): StoredRow {
  return { ...row, id: randomUUID() }
}

/**
 * Writes rows that no earlier try may have written: those that are proven without asking anything, the others by {@link insertRows}.
 * @throws pg errors; some of the rows may be written then
 */
export async function copyRows(rows: StoredRow[]): Promise<void> {
  const [proven, claims]: [StoredRow[], StoredRow[]] = [[], []]
  for (const row of rows) (row.teamId === null ? claims : proven).push(row)
  if (proven.length > 0) await copyIn('request_logs', NAMES, proven.map(copyLine))
  if (claims.length > 0) await insertRows(claims)
}

/** A row for COPY, its fields in the order of COLUMNS. Written out, since this is a tenth of what a request costs; ids, times and numbers hold nothing to escape. */
function copyLine(row: StoredRow): string {
  const text = copyField
  return `${row.id}\t${row.at.toISOString()}\t${text(row.requestId)}\t${text(row.teamId)}\t${text(row.clientId)}\t${text(row.domainId)}\t${text(row.secretId)}\t${text(row.accountId)}\t${row.mode ?? '\\N'}\t${text(row.method)}\t${text(row.path)}\t${text(row.endpoint)}\t${row.status}\t${text(row.decision)}\t${text(row.ip)}\t${text(row.userAgent)}\t${text(row.host)}\t${row.durationMs}\t${text(row.checks && JSON.stringify(row.checks))}\t${text(row.detail && JSON.stringify(row.detail))}`
}

/** Writes rows, all or none; those that are written already stay as they are. @throws pg errors */
export async function insertRows(rows: StoredRow[]): Promise<void> {
  const values = COLUMNS.map(([, , value]) => rows.map(value))
  await pool().query({ name: 'requests_insert', text: INSERT, values })
}
