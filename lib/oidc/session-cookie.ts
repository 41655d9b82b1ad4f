import { env } from '#lib/env.ts'

/** How the library's cookies of one step are set: an interaction's, and the way back from it. */
export function shortCookie() {
  return { httpOnly: true, sameSite: 'lax', secure: env().secure, overwrite: true, signed: true } as const
}

/** How the cookie of the provider's session is set. */
export function sessionCookie() {
  return { ...shortCookie(), path: '/' } as const
}
