import { env } from '#lib/env.ts'

/**
 * Whether a browser says that a POST came from a page of this site. `Origin` decides when present (`null` is foreign); without it
 * only `Sec-Fetch-Site: same-origin` will do.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return origin === new URL(env().PUBLIC_URL).origin
  return headers.get('sec-fetch-site') === 'same-origin'
}
