import { cleanDetail, cleanText, isOrdinary } from './clean-text.ts'

/** What one check of the gate made of a request, as readers of the log see it. */
export type LoggedCheck = {
  check: string
  verdict: 'passed' | 'failed' | 'skipped'
  expected?: string
  received?: string
  /** It would have refused, but the domain only monitors. */
  monitored?: true
}

/** How a list of verdicts is stored: about a fifth of the list itself, which repeats the same 18 names on every row. */
export type StoredChecks = {
  /** Which checks, in which order: a key of {@link CHECK_LISTS}. */
  list: string
  /** One letter a check, in the list's order; see {@link LETTERS}. */
  verdicts: string
  /** What a check saw, of those that said so. */
  said?: Record<string, { expected?: string; received?: string }>
}

const GATE_1 = (use: string) => [
  'https_required',
  'credentials_missing',
  'credentials_malformed',
  'too_many_failures',
  'invalid_credentials',
  'client_disabled',
  'client_restricted',
  'plan_inactive',
  'browser_refused',
  'domain_not_allowed',
  'domain_inactive',
  'domain_unverified',
  'secret_not_linked',
  'mode_mismatch',
  use,
  'ip_not_allowed',
  'rate_limited',
  'quota_exceeded',
]

/**
 * The lists that rows refer to. A list is never changed, since rows were written with it: when the gate's order changes, add one. A
 * list of verdicts that is not here is stored as it is.
 */
export const CHECK_LISTS: Readonly<Record<string, readonly string[]>> = {
  'api-1': GATE_1('api_not_allowed'),
  'login-1': GATE_1('login_not_allowed'),
}

const LETTERS = { passed: 'p', failed: 'f', monitored: 'm', skipped: 's' } as const
const LISTS = Object.entries(CHECK_LISTS)

/**
 * A list of verdicts as it goes into the column `checks`, as JSON, its texts made fit for that. Written by hand: every request has one, and the
 * objects that would be made for JSON.stringify alone cost three times as much.
 */
export function storeChecks(checks: readonly LoggedCheck[]): string {
  const list = LISTS.find(([, names]) => isListOf(names, checks))
  if (!list) return JSON.stringify(checks.map((each) => cleanDetail(each)))
  let verdicts = ''
  let said = ''
  for (const { check, verdict, monitored, expected, received } of checks) {
    verdicts += monitored ? LETTERS.monitored : LETTERS[verdict]
    if (expected === undefined && received === undefined) continue
    said += `${said === '' ? '' : ','}"${check}":{`
    if (expected !== undefined) said += `"expected":${quoted(expected)}`
    if (received !== undefined) said += `${expected === undefined ? '' : ','}"received":${quoted(received)}`
    said += '}'
  }
  return `{"list":"${list[0]}","verdicts":"${verdicts}"${said === '' ? '' : `,"said":{${said}}`}}`
}

function isListOf(names: readonly string[], checks: readonly LoggedCheck[]): boolean {
  if (names.length !== checks.length) return false
  for (let at = 0; at < names.length; at++) if (checks[at]?.check !== names[at]) return false
  return true
}

function quoted(text: string): string {
  return isOrdinary(text) ? `"${text}"` : JSON.stringify(cleanText(text))
}

/**
 * The verdicts of a row, from the column `checks`, whichever way they were stored; null when there are none. The one way to read that
 * column.
 */
export function readChecks(stored: unknown): LoggedCheck[] | null {
  if (typeof stored !== 'object' || stored === null) return null
  if (Array.isArray(stored)) return stored as LoggedCheck[]
  const { list, verdicts, said } = stored as StoredChecks
  return (CHECK_LISTS[list] ?? []).map((check, at) => ({ check, ...verdictOf(verdicts[at]), ...said?.[check] }))
}

function verdictOf(letter: string | undefined): Pick<LoggedCheck, 'verdict' | 'monitored'> {
  if (letter === LETTERS.monitored) return { verdict: 'failed', monitored: true }
  return { verdict: letter === LETTERS.passed ? 'passed' : letter === LETTERS.failed ? 'failed' : 'skipped' }
}
