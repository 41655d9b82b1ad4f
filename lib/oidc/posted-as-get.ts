import type { IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { routePath } from './route-path.ts'

/** The request goes on as an address, and our listener takes 32 KiB of headers, others on the way less. */
const MAX_BYTES = 8 * 1024
const FORM = 'application/x-www-form-urlencoded'

/** Addresses that a browser is sent to, with what whoever sends too much there can do instead. */
const ADDRESSES: Readonly<Record<string, string>> = {
  '/auth': ': push it to the PAR endpoint',
  '/session/end': '',
}

/**
 * The authorization endpoint (OpenID Connect Core §3.1.2.1) and the end of a session (RP-Initiated Logout 1.0 §2) take a form as well. It is turned
 * into the same request by GET: the library would want cookies that any site's POST carries (SameSite=None), and our sessions are Lax; the GET that a
 * browser makes of it has them. Parameters stay as they were sent, repeated ones too.
 */
export async function redirectPosts(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  const path = ctx.method === 'POST' ? routePath(ctx) : ''
  const instead = ADDRESSES[path]
  if (instead === undefined) return void (await next())
  if (!ctx.is(FORM)) return refuse(ctx, 415, `the content type must be ${FORM}`)
  const form = await readForm(ctx.req)
  if (form === null) return refuse(ctx, 413, `the request is too large${instead}`)
  ctx.set('Cache-Control', 'no-store')
  const { originalUrl = `/oidc${path}` } = ctx.req as { originalUrl?: string }
  ctx.redirect(`${originalUrl.split('?', 1)[0]}?${new URLSearchParams(form)}`)
  ctx.status = 303
}

function refuse(ctx: KoaContextWithOIDC, status: number, description: string): void {
  ctx.body = { error: 'invalid_request', error_description: description }
  ctx.status = status
}

/** The body, or null when it is larger than it may be. The server's request timeout bounds the wait. */
async function readForm(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BYTES) chunks.push(chunk)
  }
  return size > MAX_BYTES ? null : Buffer.concat(chunks).toString('utf8')
}
