import { getTranslations } from 'next-intl/server'
import { csrfCookie, csrfCookieName, csrfTokenOf, issueCsrf, readCookie, safeSitePath } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { ready } from '../ready.ts'
import { seeOther } from './plain-form.ts'

/**
 * GET /csrf: sets the CSRF cookie and goes back to the page with the form. Comes by here twice: when the cookie is still missing then,
 * the browser takes none, and going back would go round for ever.
 */
export async function setCsrfCookie(request: Request): Promise<Response> {
  await ready()
  const query = new URL(request.url).searchParams
  const returnTo = safeSitePath(query.get('returnTo'), '/login')
  if (csrfTokenOf(readCookie(request.headers.get('cookie'), csrfCookieName(env().secure)))) return seeOther(returnTo)
  if (query.has('again')) {
    const t = await getTranslations('auth')
    return new Response(t('errors.cookies'), {
      status: 400,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  }
  return seeOther(`/csrf?again=1&returnTo=${encodeURIComponent(returnTo)}`, [csrfCookie(issueCsrf().cookieValue)])
}
