import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { env } from '#lib/env.ts'
import { subkey } from '#lib/secrets/index.ts'
import { csrfCookieName, serializeCookie } from './cookies.ts'

/** next-auth's `secret`: made of a data key, so it is the same in every process and outlives a change of APP_SECRET. */
export function authSecret(): string {
  return subkey('hashing', 'next-auth').toString('base64url')
}

/** A fresh CSRF token and the cookie value that proves it: next-auth 4's scheme, `token|sha256hex(token + secret)`. */
export function issueCsrf(): { cookieValue: string; token: string } {
  const token = randomBytes(32).toString('hex')
  return { cookieValue: `${token}|${proof(token)}`, token }
}

/** The `Set-Cookie` value for a cookie value of `issueCsrf`; it ends with the browser. */
export function csrfCookie(cookieValue: string): string {
  return serializeCookie(csrfCookieName(env().secure), cookieValue)
}

/** The token that a CSRF cookie stands for, or null when the cookie is absent or not ours. */
export function csrfTokenOf(cookieValue: string | null | undefined): string | null {
  const [token, hash, ...rest] = (cookieValue ?? '').split('|')
  if (!token || !hash || rest.length > 0) return null
  return equal(hash, proof(token)) ? token : null
}

/** Whether `token`, from a form, is the one that the browser's CSRF cookie stands for. Compared in constant time. */
export function verifyCsrf(cookieValue: string | null | undefined, token: unknown): boolean {
  const expected = csrfTokenOf(cookieValue)
  return expected !== null && typeof token === 'string' && equal(token, expected)
}

function proof(token: string): string {
  return createHash('sha256').update(`${token}${authSecret()}`).digest('hex')
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
