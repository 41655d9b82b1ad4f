import { cookies, headers } from 'next/headers'
import { env } from '#lib/env.ts'

export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

const A_YEAR_S = 365 * 24 * 60 * 60

/** Whether `value` names a theme. */
export function isTheme(value: unknown): value is Theme {
  return THEMES.includes(value as Theme)
}

/** The theme that this browser chose; `system` when it never did. */
export async function currentTheme(): Promise<Theme> {
  const value = (await cookies()).get('theme')?.value
  return isTheme(value) ? value : 'system'
}

/** Path and query of the page being rendered, as the server's lane saw it; `/` under a server without that lane. */
export async function currentPath(): Promise<string> {
  return (await headers()).get('x-xwms-path') ?? '/'
}

/** A `Set-Cookie` value that keeps a preference for a year. Only the server reads it. */
export function preferenceCookie(name: 'theme' | 'locale', value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${A_YEAR_S}; HttpOnly; SameSite=Lax${env().secure ? '; Secure' : ''}`
}

/**
 * Where a preference form sends the person back to: the page that it was on. A page reached without a reload makes the form's own
 * `returnTo` stale, so the `Referer` wins, when it is of this site. Always an absolute address of this site.
 */
export function returnAddress(referer: string | null, returnTo: string): string {
  const { origin } = new URL(env().PUBLIC_URL)
  if (referer && URL.canParse(referer)) {
    const url = new URL(referer)
    if (url.origin === origin) return `${origin}${url.pathname}${url.search}`
  }
  return `${origin}${returnTo}`
}
