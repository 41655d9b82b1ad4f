import type { RequestRow } from './request-row.ts'

const MAX_TEXT = 500
/** What this server gives out by way of secrets, tokens and codes is longer than its ids, and of these characters. */
const TOKEN = /[\w~+/=-]{32,}/g
const CLIENT_SECRET = /xws_(live|test)_\w*/gi
const SECRET_KEY = /secret$|token|password|cookie|authorization|^code$/i

/** The row as it may be stored: nothing that looks like a secret, no character that PostgreSQL refuses, no endless text. */
export function cleanRow(row: RequestRow): RequestRow {
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
    durationMs: Number.isFinite(row.durationMs) ? row.durationMs : 0,
    checks: row.checks && (json(row.checks) as object[]),
    detail: row.detail && (json(row.detail) as Record<string, unknown>),
  }
}

function optional(value: string | null, clean: (value: string) => string): string | null {
  return value === null ? null : clean(value)
}

/** A query may hold anything; segments as long as a token are taken for one. */
function path(value: string): string {
  return text(value.split(/[?#]/, 1)[0] as string)
    .split('/')
    .map((segment) => segment.replace(TOKEN, '[redacted]'))
    .join('/')
}

function text(value: string): string {
  return plain(value.replace(CLIENT_SECRET, 'xws_$1_[redacted]').replace(/\bbearer\s+\S{16,}/gi, 'Bearer [redacted]'))
}

/** NUL and lone surrogates are no text to PostgreSQL. */
function plain(value: string): string {
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
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [plain(key), SECRET_KEY.test(key) ? '[redacted]' : json(member)]))
}
