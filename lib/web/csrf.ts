import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { csrfCookieName, csrfTokenOf, readCookie } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { ready } from './ready.ts'

/**
 * The CSRF token for a form on the page being rendered. The server's lane puts its cookie in place before; where another server runs
 * Next, or the cookie is not ours, the page is fetched again by way of /csrf, which sets one. `page` is this page, for the way back.
 */
export async function formToken(page: string): Promise<string> {
  await ready()
  const requestHeaders = await headers()
  const token = csrfTokenOf(readCookie(requestHeaders.get('cookie'), csrfCookieName(env().secure)))
  if (token) return token
  redirect(`/csrf?returnTo=${encodeURIComponent(requestHeaders.get('x-xwms-path') ?? page)}`)
}
