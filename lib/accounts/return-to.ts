const DEFAULT = '/clients'
const MAX_LENGTH = 2048
/** Pages that would send a logged-in person straight on: returning there goes in circles. */
const CIRCLES = /^\/(login|register|api\/auth)(\/|$)/

/** Where to send a person after logging in: {@link safeSitePath}, but never a page that only leads on to here. */
export function safeReturnTo(value: unknown, fallback: string = DEFAULT): string {
  const path = safeSitePath(value, fallback)
  return CIRCLES.test(path.split(/[?#]/)[0] as string) ? fallback : path
}

/**
 * `value` when it is an absolute path of this site, else `fallback`. Refuses what a browser would read as another site: `//host`,
 * `/\host`, schemes, control characters, and dot segments that uncover `//`.
 */
export function safeSitePath(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !value.startsWith('/')) return fallback
  // URL parsers drop tabs and newlines and read a backslash as a slash.
  if (/[\\\p{Cc}]/u.test(value)) return fallback
  const base = 'http://this.invalid'
  if (value.startsWith('//') || !URL.canParse(value, base)) return fallback
  const url = new URL(value, base)
  if (url.origin !== base || /^\/csrf(\/|$)/.test(url.pathname) || !singleSlash(url.pathname)) return fallback
  return `${url.pathname}${url.search}${url.hash}`
}

/** Whether the path stays one after a proxy decoded it once. */
function singleSlash(pathname: string): boolean {
  try {
    return !/^\/[/\\]|\p{Cc}/u.test(pathname) && !/^\/[/\\]|[\\\p{Cc}]/u.test(decodeURIComponent(pathname))
  } catch {
    return false
  }
}
