import { env } from '#lib/env.ts'

/** The account session's cookie: next-auth 4's own name, so that both read the same one. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? '__Secure-' : ''}next-auth.session-token`
}

/** The CSRF cookie: next-auth 4's own name. `__Host-` keeps subdomains from planting one. */
export function csrfCookieName(secure: boolean): string {
  return `${secure ? '__Host-' : ''}next-auth.csrf-token`
}

/** The value of cookie `name` in a `Cookie` header, percent-decoded; undefined when absent or not decodable. */
export function readCookie(header: string | null | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    try {
      return decodeURIComponent(pair.slice(at + 1).trim())
    } catch {
      return undefined
    }
  }
  return undefined
}

/** A `Set-Cookie` value: httpOnly, SameSite=Lax, the whole site. Without `expires` it ends with the browser. */
export function serializeCookie(name: string, value: string, expires?: Date): string {
  const until = expires ? `; Expires=${expires.toUTCString()}` : ''
  return `${name}=${encodeURIComponent(value)}; Path=/${until}; HttpOnly; SameSite=Lax${env().secure ? '; Secure' : ''}`
}

/** A `Set-Cookie` value that removes cookie `name`. */
export function clearCookie(name: string): string {
  return serializeCookie(name, '', new Date(0))
}
