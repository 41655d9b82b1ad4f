import { cookies, headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { updateDisplay } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import type { Locale } from '#lib/i18n/index.ts'
import { currentSession, requestContext } from './context.ts'

export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

const A_YEAR_S = 365 * 24 * 60 * 60

/** Whether `value` names a theme. */
export function isTheme(value: unknown): value is Theme {
  return THEMES.includes(value as Theme)
}

/** The theme that the person keeps with their account, else the one that this browser chose; `system` when nobody chose. */
export async function currentTheme(): Promise<Theme> {
  const chosen = (await cookies()).get('theme')?.value
  const own = await ownTheme()
  if (isTheme(own)) return own
  return isTheme(chosen) ? chosen : 'system'
}

/** An error page must render while the database is away: then the cookie decides alone. */
async function ownTheme(): Promise<string | null> {
  try {
    return (await currentSession())?.theme ?? null
  } catch (error) {
    unstable_rethrow(error)
    return null
  }
}

/** Keeps a preference with the account of the person, if anyone is logged in. */
export async function keepPreferences(request: Request, wanted: { theme?: Theme; locale?: Locale }): Promise<void> {
  const ctx = await requestContext(request)
  if (ctx.actor.kind !== 'user') return
  const { theme, locale } = wanted
  const input = { ...(theme ? { theme: theme === 'system' ? null : theme } : {}), ...(locale ? { locale } : {}) }
  await updateDisplay({ ctx, input })
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
