const MAX_TEXT = 500
/** What this server gives out by way of secrets, tokens and codes is longer than its ids, and of these characters. */
const SHORTEST_TOKEN = 32
const TOKEN = /[\w~+/=-]{32,}/g
const QUERY = /[?#]/
const CLIENT_SECRET = /xws_(live|test)_\w*/gi
const SECRET_KEY = /secret$|token|password|cookie|authorization|^code$/i

/** What is not printable, what JSON or COPY would escape, and what could begin a secret. */
const UNUSUAL = /[^ !#-[\]-~]|xws_|bearer/i

/** Whether a text may be stored as it is, in JSON and in a line of COPY too: nearly every one, and one look tells. */
export function isOrdinary(text: string): boolean {
  return text.length <= MAX_TEXT && !UNUSUAL.test(text)
}

/** Whether a path has a query, or is long enough to hold a token. */
export function mayCarry(path: string): boolean {
  return path.length >= SHORTEST_TOKEN || QUERY.test(path)
}

/** A path as it may be stored: a query may hold anything; segments as long as a token are taken for one. */
export function cleanPath(value: string): string {
  return cleanText(value.split(QUERY, 1)[0] as string)
    .split('/')
    .map((segment) => segment.replace(TOKEN, '[redacted]'))
    .join('/')
}

/** A text of a stranger as it may be stored: {@link plainText}, and nothing in it that looks like a secret. */
export function cleanText(value: string): string {
  if (isOrdinary(value)) return value
  return plainText(value.replace(CLIENT_SECRET, 'xws_$1_[redacted]').replace(/\bbearer\s+\S{16,}/gi, 'Bearer [redacted]'))
}

/** A text of ours as it may be stored: no character that PostgreSQL refuses (NUL and lone surrogates are no text to it), and an end. */
export function plainText(value: string): string {
  if (isOrdinary(value)) return value
  const short = value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
  return short.replace(/[\u0000-\u001f\u007f]/g, ' ').toWellFormed()
}

/** A detail as it may be stored: its texts clean, and nothing under a name that a secret would have. */
export function cleanDetail(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(cleanDetail)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value !== 'object' || value === null) return value
  const clean: Record<string, unknown> = Object.create(null)
  for (const [key, member] of Object.entries(value)) clean[plainText(key)] = isSecretKey(key) ? '[redacted]' : cleanDetail(member)
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
