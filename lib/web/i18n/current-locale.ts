import { headers } from 'next/headers'
import { cache } from 'react'
import { readCookie } from '#lib/accounts/index.ts'
import { type Locale, negotiateLocale } from '#lib/i18n/index.ts'
import { currentContext } from '../context.ts'

/**
 * The language of the page being rendered. An error page must render while the database is away: then the cookie and
 * `Accept-Language` decide alone.
 */
export const currentLocale = cache(async (): Promise<Locale> => {
  // Outside the try: what this throws while building ("this page is dynamic") is meant for Next.
  const requestHeaders = await headers()
  try {
    return (await currentContext()).locale
  } catch {
    return negotiateLocale(requestHeaders.get('accept-language'), readCookie(requestHeaders.get('cookie'), 'locale'))
  }
})
