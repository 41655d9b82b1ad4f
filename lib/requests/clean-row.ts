import type { RequestRow } from './request-row.ts'
import { type LoggedCheck, type StoredChecks, storeChecks } from './stored-checks.ts'

/** A row as it is stored. */
export type CleanRow = Omit<RequestRow, 'checks'> & { checks: StoredChecks | LoggedCheck[] | null }

const MAX_TEXT = 500
/** What this server gives out by way of secrets, tokens and codes is longer than its ids, and of these characters. */
const SHORTEST_TOKEN = 32
const TOKEN = /[\w~+/=-]{32,}/g
const QUERY = /[?#]/
const CLIENT_SECRET = /xws_(live|test)_\w*/gi
const SECRET_KEY = /secret$|token|password|cookie|authorization|^code$/i

/** The row as it may be stored: nothing that looks like a secret, no character that PostgreSQL refuses, no endless text. */
export function cleanRow(row: RequestRow): CleanRow {
  return {
    ...row,
    requestId: plain(row.requestId),
    teamId: optional(row.teamId, plain),
    clientId: optional(row.clientId, text),
    domainId: optional(row.domainId, text),
    secretId: optional(row.secretId, text),
    accountId: optional(row.accountId, text),
    method: plain(row.method).slice(0, 20),
    path: path(row.path),
    endpoint: optional(row.endpoint, plain),
    decision: plain(row.decision),
    ip: optional(row.ip, plain),
    userAgent: optional(row.userAgent, text),
    host: optional(row.host, text),
    durationMs: Number.isFinite(row.durationMs) ? Math.round(row.durationMs * 1000) / 1000 : 0,
    checks: row.checks && storeChecks(row.checks, text),
    detail: row.detail && (json(row.detail) as Record<string, unknown>),
  }
}

function optional(value: string | null, clean: (value: string) => string): string | null {
  return value === null ? null : clean(value)
}

/** A query may hold anything; segments as long as a token are taken for one. */
function path(value: string): string {
  if (value.length < SHORTEST_TOKEN && HARMLESS.test(value) && !SUSPICIOUS.test(value) && !QUERY.test(value)) return value
  return text(value.split(QUERY, 1)[0] as string)
    .split('/')
    .map((segment) => segment.replace(TOKEN, '[redacted]'))
    .join('/')
}

/** Short, printable, and nothing in it that could begin a secret: most texts, which then need no closer look. */
const HARMLESS = /^[ -~]{0,500}$/
const SUSPICIOUS = /xws_|bearer/i

function text(value: string): string {
  if (HARMLESS.test(value) && !SUSPICIOUS.test(value)) return value
  return plain(value.replace(CLIENT_SECRET, 'xws_$1_[redacted]').replace(/\bbearer\s+\S{16,}/gi, 'Bearer [redacted]'))
}

/** NUL and lone surrogates are no text to PostgreSQL. */
function plain(value: string): string {
  if (HARMLESS.test(value)) return value
  const short = value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
  return short.replace(/[\u0000-\u001f\u007f]/g, ' ').toWellFormed()
}

function json(value: unknown): unknown {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(json)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value !== 'object' || value === null) return value
  const clean: Record<string, unknown> = Object.create(null)
  for (const [key, member] of Object.entries(value)) clean[plain(key)] = isSecretKey(key) ? '[redacted]' : json(member)
  return clean
}

const knownKeys = new Map<string, boolean>()

/** Asked for the same few keys on every row, so the answers are kept; strangers' keys are not, or they would fill the memory. */
function isSecretKey(key: string): boolean {
  const known = knownKeys.get(key)
  if (known !== undefined) return known
  const secret = SECRET_KEY.test(key)
  if (knownKeys.size < 200) knownKeys.set(key, secret)
  return secret
}
