import { randomBytes } from 'node:crypto'
import { cookies } from 'next/headers'
import { clearCookie, serializeCookie } from '#lib/accounts/index.ts'
import { type AppError, type FieldError, isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { decrypt, encrypt } from '#lib/secrets/index.ts'

/** Long enough to fetch a code from one's mail. */
const LIFE_MS = 15 * 60_000
const NAME = 'xwms.flash'
/** Browsers drop cookies over 4096 bytes. */
const MAX_TYPED = 300

/** What a plain form's handler tells the page that shows the form again. Never a password or code. */
export type Flash = {
  form: 'login' | 'register' | 'forgot' | 'reset' | 'verify' | 'invitation'
  /** What went wrong, as a code of AppError, with values for its text. */
  error?: string
  params?: Record<string, string | number>
  fields?: FieldError[]
  /** What was typed. */
  values?: Record<string, string>
  /** Good news: a key of the namespace's `notices`. */
  notice?: string
}

type Stored = Flash & { id: string; until: number }

/** The flash of an expected failure. Anything else is logged, and told as our fault without details. */
export function flashOf(form: Flash['form'], error: unknown, values: Record<string, string> = {}, requestId?: string): Flash {
  if (!isAppError(error)) {
    log().error({ err: error, requestId }, `form ${form} failed`)
    return { form, error: 'unavailable', values }
  }
  const { code, params, fields } = error as AppError
  return { form, error: code, params, fields, values }
}

/** Seals a flash: the id goes into the address (`?flash=`), the rest into a cookie, so that another visit does not show it. */
export function sealFlash(flash: Flash): { id: string; cookie: string; name: string; value: string; expires: Date } {
  const id = randomBytes(6).toString('base64url')
  const until = Date.now() + LIFE_MS
  const typed = Object.fromEntries(Object.entries(flash.values ?? {}).map(([key, value]) => [key, value.slice(0, MAX_TYPED)]))
  const value = encrypt('flash', JSON.stringify({ ...flash, values: typed, id, until } satisfies Stored)).toString('base64url')
  const expires = new Date(until)
  return { id, cookie: serializeCookie(NAME, value, expires), name: NAME, value, expires }
}

/** The path with the flash's id, and the cookie to set beside it. */
export function withFlash(path: string, flash: Flash): { path: string; cookie: string } {
  const { id, cookie } = sealFlash(flash)
  return { path: `${path}${path.includes('?') ? '&' : '?'}flash=${id}`, cookie }
}

/** The flash for this form whose id the address has, or null. */
export async function readFlash(form: Flash['form'], id: string | string[] | undefined): Promise<Flash | null> {
  const value = (await cookies()).get(NAME)?.value
  if (!value || typeof id !== 'string') return null
  try {
    const stored = JSON.parse(decrypt('flash', Buffer.from(value, 'base64url')).toString()) as Stored
    return stored.id === id && stored.form === form && stored.until > Date.now() ? stored : null
  } catch {
    // Made up, or sealed under other keys.
    return null
  }
}

/** A `Set-Cookie` value that removes the flash. */
export function clearFlash(): string {
  return clearCookie(NAME)
}
