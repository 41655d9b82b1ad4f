import { getLocale, getTranslations } from 'next-intl/server'
import { csrfCookieName, readCookie, verifyCsrf } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { ready } from '../ready.ts'
import { isForeignOrigin } from './origin.ts'

/** Passwords have 1000 characters at most, of 4 bytes and 12 characters in a form each; the rest is short. */
const MAX_BYTES = 64 * 1024

export type PlainForm = { get: (name: string) => string; encoded: string }

/**
 * The fields of a plain POST form of ours, or the answer that refuses it: 403 for a foreign or `null` Origin, and for a wrong or
 * missing CSRF token. Without an Origin header the token decides alone.
 */
export async function readPlainForm(request: Request): Promise<PlainForm | Response> {
  if (isForeignOrigin(request.headers.get('origin'))) return forbidden(request)
  await ready()
  const encoded = await readBody(request)
  if (encoded === null) return forbidden(request)
  const fields = new URLSearchParams(encoded)
  const cookie = readCookie(request.headers.get('cookie'), csrfCookieName(env().secure))
  if (!verifyCsrf(cookie, fields.get('csrfToken'))) return forbidden(request)
  return { get: (name) => fields.get(name) ?? '', encoded }
}

/** Sends the browser on with GET. */
export function seeOther(path: string, cookies: (string | null | undefined)[] = []): Response {
  const headers = new Headers({ location: path, 'cache-control': 'no-store' })
  for (const cookie of cookies) if (cookie) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

async function readBody(request: Request): Promise<string | null> {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('application/x-www-form-urlencoded')) return null
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

async function forbidden(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  const [t, locale] = await Promise.all([getTranslations('auth.forbidden'), getLocale()])
  if (!request.headers.get('accept')?.includes('text/html')) {
    return Response.json({ error: 'forbidden', message: t('text') }, { status: 403, headers })
  }
  const html =
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${t('title')}</title></head><body><main><h1>${t('title')}</h1><p>${t('text')}</p><p><a href="/login">${t('back')}</a></p></main></body></html>`
  return new Response(html, { status: 403, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
}
