import { safeReturnTo } from '#lib/accounts/index.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { isTheme, keepPreferences, preferenceCookie, returnAddress } from '#lib/web/preferences.ts'
import { isSameOrigin } from '#lib/web/same-origin.ts'

/** Keeps a theme or a language for this browser, and with the account of whoever is logged in. A plain form posts here, so it works without JavaScript. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response('Forbidden', { status: 403 })
  const form = await request.formData().catch(() => null)
  const theme = form?.get('theme')
  const locale = form?.get('locale')
  const headers = new Headers({
    location: returnAddress(request.headers.get('referer'), safeReturnTo(form?.get('returnTo'), '/')),
    'cache-control': 'no-store',
  })
  await keepPreferences(request, { ...(isTheme(theme) ? { theme } : {}), ...(isLocale(locale) ? { locale } : {}) })
  if (isTheme(theme)) headers.append('set-cookie', preferenceCookie('theme', theme))
  if (isLocale(locale)) headers.append('set-cookie', preferenceCookie('locale', locale))
  return new Response(null, { status: 303, headers })
}
