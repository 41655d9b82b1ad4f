import type { IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { routePath } from './route-path.ts'

/** An authorization request goes on as an address, and our listener takes 32 KiB of headers, others on the way less. */
const MAX_BYTES = 8 * 1024
const FORM = 'application/x-www-form-urlencoded'

/**
 * OpenID Connect Core §3.1.2.1: the authorization endpoint takes a form as well. It is turned into the same request by GET: the library
 * would want cookies that any site's POST carries (SameSite=None), and our sessions are Lax. Parameters stay as they were sent, repeated
 * ones too.
 */
export async function redirectPostedAuthorization(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  if (ctx.method !== 'POST' || routePath(ctx) !== '/auth') {
    await next()
    return
  }
  if (!ctx.is(FORM)) return refuse(ctx, 415, `the content type must be ${FORM}`)
  const form = await readForm(ctx.req)
  if (form === null) return refuse(ctx, 413, 'the request is too large: push it to the PAR endpoint')
  ctx.set('Cache-Control', 'no-store')
  const { originalUrl = '/oidc/auth' } = ctx.req as { originalUrl?: string }
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
