import type { IncomingMessage, ServerResponse } from 'node:http'
import { csrfCookie, csrfCookieName, csrfTokenOf, externalLogins, issueCsrf, readCookie } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'
import { interactionOutline } from '#lib/oidc/index.ts'
import { signTarget } from '#lib/sign-tokens/index.ts'

/**
 * What a page needs before Next renders it: a CSRF token of its own browser, readable at once and kept in a cookie; the languages that a client asked
 * for; and the place where the authorization that a log-in belongs to will end, which the policy must let forms lead to.
 */
export async function preparePage(req: IncomingMessage, res: ServerResponse, url: URL): Promise<{ formTargets: readonly string[] }> {
  if (req.method === 'GET' || req.method === 'HEAD') ensureCsrfCookie(req, res)
  const returnTo = url.searchParams.get('returnTo') ?? ''
  const signToken = signTokenOf(url.pathname) ?? signTokenOf(returnTo)
  const uid = interactionUid(url.pathname) ?? interactionUid(returnTo)
  const outline = uid ? await interactionOutline(uid) : null
  if (outline) preferLanguages(req, outline.uiLocales)
  const target = outline ? outline.target : signToken ? await signTarget(signToken) : null
  const elsewhere = uid || signToken || LOGIN_PAGES.has(url.pathname) ? externalLogins().map(({ origin }) => origin) : []
  return { formTargets: target ? [target, ...elsewhere] : elsewhere }
}

/** Pages with the buttons of external log-ins, whose forms lead to the provider. */
const LOGIN_PAGES = new Set(['/login', '/register'])

function ensureCsrfCookie(req: IncomingMessage, res: ServerResponse): void {
  const { secure } = env()
  const name = csrfCookieName(secure)
  const header = req.headers.cookie ?? ''
  if (csrfTokenOf(readCookie(header, name)) !== null) return
  const { cookieValue } = issueCsrf()
  res.appendHeader('Set-Cookie', csrfCookie(cookieValue))
  // The page that is rendered now reads it from the request; a value that is none of ours must not stay beside it.
  const others = header.split(';').filter((pair) => pair.trim() !== '' && !pair.trim().startsWith(`${name}=`))
  req.headers.cookie = [...others, `${name}=${encodeURIComponent(cookieValue)}`].join(';')
}

/** A client knows its visitor's language better than the browser; what the person chose here stands above both, in their account or a cookie. */
function preferLanguages({ headers }: IncomingMessage, tags: string[]): void {
  if (tags.length > 0) headers['accept-language'] = [...tags, headers['accept-language']].filter(Boolean).join(', ')
}

function signTokenOf(path: string): string | undefined {
  return /^\/sign\/([A-Za-z0-9_-]{10,200})(?:[/?#]|$)/.exec(path)?.[1]
}

function interactionUid(path: string): string | undefined {
  return /^\/interaction\/([A-Za-z0-9_-]{10,64})(?:[/?#]|$)/.exec(path)?.[1]
}
