import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { readCookie, safeReturnTo, sessionCookie, sessionCookieName } from '#lib/accounts/index.ts'
import { env, exportForLibraries } from '#lib/env.ts'
import { isAppError } from '#lib/errors.ts'
import { requestContext } from '../context.ts'
import { clearFlash, flashOf, withFlash } from './flash.ts'
import { authOptions, type Outcome } from './options.ts'
import { withoutOrigin } from './origin.ts'
import { readPlainForm, seeOther } from './plain-form.ts'

/** What next-auth may be asked for; the rest of what it could answer is nobody's business. */
const ACTIONS = {
  GET: ['csrf', 'providers', 'session', 'callback', 'error', 'signin', 'signout'],
  POST: ['callback', 'signin', 'signout'],
}

type Params = { params: Promise<{ nextauth: string[] }> }

/** GET /api/auth/**: next-auth's own answers, and the way back from external log-ins. */
export async function authGet(request: NextRequest, { params }: Params): Promise<Response> {
  return answer(request, (await params).nextauth, '')
}

/** POST /api/auth/**: only from a form of ours, with its token. */
export async function authPost(request: NextRequest, { params }: Params): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  return answer(request, (await params).nextauth, form.encoded)
}

async function answer(request: NextRequest, path: string[], body: string): Promise<Response> {
  const [action = '', provider] = path
  const known = ACTIONS[request.method as 'GET' | 'POST']?.includes(action)
  // Its own answer to reading this address would be a 500.
  if (!known || (request.method === 'GET' && action === 'callback' && provider === 'credentials'))
    return new Response('Not found', { status: 404 })
  exportForLibraries()
  const ctx = await requestContext(request)
  const outcome: Outcome = { userId: null, amr: [], remember: false, session: null, error: null }
  const options = authOptions(ctx, request.headers.get('cookie'), outcome)
  let response: Response | null = null
  try {
    const params = Promise.resolve({ nextauth: path })
    response = (await NextAuth(copyOf(request, body), { params } as never, options)) as Response
  } catch (error) {
    outcome.error ??= error
  }
  if (outcome.error || !response) return refusal(request, body, outcome.error, ctx.requestId)
  return withSession(response, outcome, action === 'session')
}

/** The body has been read to check its token; next-auth reads it again. */
function copyOf(request: NextRequest, body: string): NextRequest {
  if (request.method !== 'POST') return request
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  return new NextRequest(request.url, { method: 'POST', headers, body })
}

/** Back to the log-in page with what went wrong, and with what was typed except the password. */
function refusal(request: Request, body: string, error: unknown, requestId: string): Response {
  const form = new URLSearchParams(body)
  const values = { email: form.get('email') ?? '' }
  const flash = flashOf('login', error, values, requestId)
  // An empty or malformed field is a wrong one.
  if (flash.error === 'validation_failed' && form.has('email')) flash.error = 'unauthenticated'
  if (request.headers.get('accept')?.startsWith('application/json')) {
    const retryAfter = isAppError(error) ? error.retryAfter : undefined
    const status = { unauthenticated: 401, too_many_attempts: 429, busy: 503 }[flash.error ?? ''] ?? 400
    const headers: HeadersInit = retryAfter ? { 'retry-after': String(retryAfter) } : {}
    return Response.json({ error: flash.error, message: isAppError(error) ? error.message : 'Something went wrong.' }, { status, headers })
  }
  const external = readCookie(request.headers.get('cookie'), `${env().secure ? '__Secure-' : ''}next-auth.callback-url`)
  const returnTo = safeReturnTo(withoutOrigin(form.get('callbackUrl') ?? external ?? ''))
  // The page of an authorization has the form itself, and names the app that the person is on the way to.
  const page = /^\/(interaction|sign)\//.test(returnTo) ? returnTo : `/login?returnTo=${encodeURIComponent(returnTo)}`
  const { path, cookie } = withFlash(page, { ...flash, fields: [] })
  return seeOther(path, [cookie])
}

/**
 * next-auth gives every session cookie the same lifetime; ours depends on "remember me". Reading the session must not prolong the
 * cookie, so that answer sets none.
 */
function withSession(response: Response, { session }: Outcome, reading: boolean): Response {
  const name = sessionCookieName(env().secure)
  const cookies = response.headers.getSetCookie()
  const headers = new Headers(response.headers)
  headers.delete('set-cookie')
  for (const cookie of cookies) {
    const isSession = cookie.startsWith(`${name}=`)
    const clears = cookie.startsWith(`${name}=;`)
    if (!isSession || (clears && !session) || !(session || reading)) headers.append('set-cookie', cookie)
  }
  if (session) {
    headers.append('set-cookie', sessionCookie(session))
    headers.append('set-cookie', clearFlash())
  }
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  const status = response.status === 302 ? 303 : response.status
  return new Response(response.body, { status, headers })
}
