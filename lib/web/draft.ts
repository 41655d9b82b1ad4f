import { randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { cookies, headers } from 'next/headers'
import { sessionOwner } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { decrypt, encrypt } from '#lib/secrets/index.ts'
import { currentPath } from './preferences.ts'

/** Time enough to log in again, also by a mailed code. */
const LIFE_MS = 30 * 60_000
const NAME = 'xwms.draft'
/** Browsers drop cookies over 4096 bytes, and servers refuse headers over 16 KB. */
const PART_LENGTH = 3_700
const MAX_PARTS = 3
const PARAMETER = 'draft'

/** What was typed in a form whose session had ended. */
export type Draft = {
  /** The page's path, without the query. */
  path: string
  /** Which of the page's forms: what it sent as `_form`. */
  form: string
  values: Record<string, string | string[]>
}

type Stored = Draft & { id: string; userId: string | null; until: number }

/**
 * Keeps what was typed in this browser, encrypted, while the person logs in again. Answers the path of the page with a mark that finds it, or
 * null when it is too much to keep. `values` must be free of secrets.
 */
export async function keepDraft(values: Draft['values']): Promise<string | null> {
  const { pathname, searchParams } = new URL(await currentPath(), 'http://this.invalid')
  const userId = await sessionOwner((await headers()).get('cookie'))
  const id = randomBytes(6).toString('base64url')
  const until = Date.now() + LIFE_MS
  const draft: Stored = { id, userId, until, path: pathname, form: String(values._form ?? ''), values }
  const sealed = encrypt('draft', deflateRawSync(JSON.stringify(draft))).toString('base64url')
  const parts = Math.ceil(sealed.length / PART_LENGTH)
  if (parts > MAX_PARTS) return null
  const jar = await cookies()
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: env().secure, expires: new Date(until) } as const
  for (let part = 0; part < MAX_PARTS; part++) {
    if (part < parts) jar.set(`${NAME}.${part}`, sealed.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH), options)
    else jar.delete(`${NAME}.${part}`)
  }
  searchParams.set(PARAMETER, id)
  return `${pathname}?${searchParams}`
}

/** The draft that the address being rendered asks for, unless it is someone else's. */
export async function readDraft(userId: string): Promise<Draft | null> {
  const id = new URL(await currentPath(), 'http://this.invalid').searchParams.get(PARAMETER)
  if (!id) return null
  const jar = await cookies()
  const sealed = Array.from({ length: MAX_PARTS }, (_, part) => jar.get(`${NAME}.${part}`)?.value ?? '').join('')
  try {
    const stored = JSON.parse(inflateRawSync(decrypt('draft', Buffer.from(sealed, 'base64url'))).toString()) as Stored
    const theirs = stored.userId === null || stored.userId === userId
    if (stored.id !== id || stored.until <= Date.now() || !theirs) return null
    return { path: stored.path, form: stored.form, values: stored.values }
  } catch {
    // Made up, cut off, or sealed under other keys.
    return null
  }
}

/** Forgets the draft, once a form went through. In Server Actions. */
export async function dropDraft(): Promise<void> {
  const jar = await cookies()
  for (let part = 0; part < MAX_PARTS; part++) if (jar.get(`${NAME}.${part}`)) jar.delete(`${NAME}.${part}`)
}
