import { logPool } from '#lib/db.ts'
import { cleanDetail, cleanPath, cleanText, isOrdinary, mayCarry, plainText } from './clean-text.ts'
import { copyField, copyIn, fieldsOf } from './copy-in.ts'
import type { RequestRow } from './request-row.ts'
import { storeChecks } from './stored-checks.ts'
import type { LineChunk } from './waiting-lines.ts'

// The flush of the request log is a hot path: one statement for many rows.

/** The columns, in the order of a line's fields, as an INSERT reads them. */
const COLUMNS: readonly [name: string, type: string][] = [
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
 * The row as it may be stored, as a line of COPY: nothing that looks like a secret, no character that PostgreSQL refuses, no endless text. A request has one
 * row, of its id and time, so a second try after a lost connection writes nothing twice.
 */
export function storedLine(row: RequestRow): string {
  const { checks, detail, durationMs } = row
  // In the order of COLUMNS. Written out, since every request makes one; times and numbers hold nothing to escape.
  return [
    timeField(row.at),
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
}

let lastTime = { ms: 0, text: new Date(0).toISOString() }

/** A busy server answers dozens in a millisecond. @throws RangeError for a date that is none */
function timeField(at: Date): string {
  const ms = at.getTime()
  if (lastTime.ms !== ms) lastTime = { ms, text: at.toISOString() }
  return lastTime.text
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

/** The id under which a stored line's answer told of itself. */
export function requestIdOf(line: string): string | null {
  return fieldsOf(line)[NAMES.indexOf('request_id')] ?? null
}

/** Writes lines that no earlier try may have written, all or none, and that are proven: nothing is asked about them. @throws pg errors */
export function copyLines(chunks: readonly LineChunk[]): Promise<void> {
  return copyIn('request_logs', NAMES, chunks)
}

/** Writes lines, all or none; those that are written already stay as they are. @throws pg errors */
export async function insertLines(lines: readonly string[]): Promise<void> {
  const fields = lines.map(fieldsOf)
  const values = COLUMNS.map((_, at) => fields.map((row) => row[at]))
  await logPool().query({ name: 'requests_insert', text: INSERT, values })
}
