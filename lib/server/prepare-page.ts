import type { IncomingMessage, ServerResponse } from 'node:http'
import { csrfCookieName, issueCsrf } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { interactionTarget } from '#lib/oidc/index.ts'

/**
 * What a page needs before Next renders it: a CSRF token of its own browser, readable at once and kept in a cookie, and the place
 * where the authorization that a log-in belongs to will end, which the policy must let forms lead to.
 */
export async function preparePage(req: IncomingMessage, res: ServerResponse, url: URL): Promise<{ formTargets: readonly string[] }> {
  if (req.method === 'GET' || req.method === 'HEAD') ensureCsrfCookie(req, res)
  const uid = interactionUid(url.pathname) ?? interactionUid(url.searchParams.get('returnTo') ?? '')
  const target = uid ? await interactionTarget(uid) : null
  return { formTargets: target ? [target] : [] }
}

function ensureCsrfCookie(req: IncomingMessage, res: ServerResponse): void {
  const { secure } = env()
  const name = csrfCookieName(secure)
  const cookies = req.headers.cookie ?? ''
  if (cookies.split(';').some((part) => part.trim().startsWith(`${name}=`))) return
  const value = encodeURIComponent(issueCsrf().cookieValue)
  res.appendHeader('Set-Cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`)
  req.headers.cookie = cookies ? `${cookies}; ${name}=${value}` : `${name}=${value}`
}

function interactionUid(path: string): string | undefined {
  return /^\/interaction\/([A-Za-z0-9_-]{10,64})(?:[/?#]|$)/.exec(path)?.[1]
}
