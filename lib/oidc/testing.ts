import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSession, readAccountSession, sessionCookieName } from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { pool, transaction } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { allowConsent } from '#lib/grants/index.ts'
import { cidrList, createListener } from '#lib/http/index.ts'
import { ensureSigningKeys } from '#lib/keys/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { answerInteraction, type InteractionAnswer, type InteractionView, loadInteraction } from './interaction.ts'
import { startOidc } from './mount.ts'

/** The provider on this process's database, for what only its own models can make. */
export { currentProvider } from './mount.ts'
export { assertion, makeKey, proof, type TestKey } from './testing-proofs.ts'

export type TestProvider = { origin: string; close: () => Promise<void> }

/**
 * The real listener with the provider's lane on a free port, and in place of the pages a handler that answers interactions at once:
 * logs in by the account session, allows what is asked.
 */
export async function startTestProvider(databaseUrl: string, environment: Record<string, string> = {}): Promise<TestProvider> {
  // As the server has it. By default connections go after five seconds, which under load may be while a request is on its way.
  const server = createServer({ keepAliveTimeout: 65_000 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const settings = parseEnv({ ...TEST_ENV, DATABASE_URL: databaseUrl, PUBLIC_URL: origin, ...environment })
  setSingleton('env', settings)
  await ensureSigningKeys(pool())
  const oidc = await startOidc()
  server.on(
    'request',
    createListener({
      publicUrl: settings.PUBLIC_URL,
      development: false,
      trustedProxies: cidrList(settings.TRUSTED_PROXIES),
      metricsToken: undefined,
      isStopping: () => false,
      oidc,
      api: null,
      pages: answerAsPerson,
      preparePage: () => ({ formTargets: [] }),
    }),
  )
  return { origin, close: () => stop(server) }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

async function answerAsPerson(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = req.url ?? ''
  const uid = /^\/interaction\/([^/?]+)/.exec(url)?.[1] ?? ''
  const session = await readAccountSession(req.headers.cookie)
  const loaded = await loadInteraction(req, res, uid, session)
  if (!loaded) {
    res.writeHead(410).end('gone')
    return
  }
  const { view, satisfied } = loaded
  if (view.prompt === 'login' && (!session || !satisfied)) {
    res.writeHead(200, { 'x-prompt': 'login' }).end('log in')
    return
  }
  if (view.prompt === 'test_mode') {
    res.writeHead(200, { 'x-prompt': 'test_mode' }).end('testers only')
    return
  }
  if (view.prompt === 'consent' && session) await allow(session, view)
  const answer: InteractionAnswer =
    view.prompt === 'login' && session
      ? { kind: 'login', session }
      : { kind: url.endsWith('/switch') ? 'switched' : view.prompt === 'select_account' ? 'selected' : 'consent' }
  const next = await answerInteraction(req, res, uid, answer)
  res.writeHead(303, { Location: next ?? '/', 'x-prompt': view.prompt }).end()
}

async function allow(
  session: { userId: string; sub: string; email: string; sessionId: string; isOperator: boolean },
  view: InteractionView,
): Promise<void> {
  const ctx: Ctx = { actor: { kind: 'user', ...session }, requestId: 'req_test', ip: null, userAgent: null, locale: 'en' }
  const resourceScopes = view.newResourceScopes.map(({ identifier, name }) => `${identifier} ${name}`)
  await allowConsent({ ctx, input: { clientId: view.client.id, scopes: view.scopes, claims: view.newClaims, resourceScopes } })
}

/** A browser's cookies and redirects, as far as a log-in needs them. */
export class TestBrowser {
  readonly #jar = new Map<string, { path: string; value: string }>()
  /** Prompts that were answered on the way, in order. */
  prompts: string[] = []

  set(name: string, value: string): void {
    this.#jar.set(`${name} /`, { path: '/', value })
  }

  /** The values of all cookies that are secret in themselves: not the short ones, such as a language. */
  secrets(): string[] {
    return [...this.#jar.values()].map(({ value }) => decodeURIComponent(value)).filter((value) => value.length > 15)
  }

  /** Follows redirects on `origin` until something else: a page, or a redirect elsewhere. */
  async go(
    url: string,
    origin: string,
    init: RequestInit = {},
  ): Promise<{ status: number; url: URL; location: URL | null; text: string; response: Response }> {
    let target = new URL(url, origin)
    for (let hop = 0; hop < 12; hop++) {
      const response = await fetch(target, {
        ...init,
        redirect: 'manual',
        headers: { accept: 'text/html', ...init.headers, cookie: this.cookies(target.pathname) },
      })
      this.#store(response)
      const prompt = response.headers.get('x-prompt')
      if (prompt) this.prompts.push(prompt)
      const location = response.headers.get('location')
      const next = location === null ? null : new URL(location, target)
      if (!next || next.origin !== origin)
        return { status: response.status, url: target, location: next, text: await response.text(), response }
      target = next
      init = {}
    }
    throw new Error('too many redirects')
  }

  /** The `Cookie` header for a page. */
  cookies(path: string): string {
    return [...this.#jar]
      .filter(([, cookie]) => path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`))
      .map(([key, cookie]) => `${key.split(' ')[0]}=${cookie.value}`)
      .join('; ')
  }

  #store(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const at = pair.indexOf('=')
      const path = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
      const key = `${pair.slice(0, at)} ${path}`
      if (/expires=Thu, 01 Jan 1970/i.test(line)) this.#jar.delete(key)
      else this.#jar.set(key, { path, value: pair.slice(at + 1) })
    }
  }
}

/** A browser in which this person is logged in: a new one, or one that was at something before. */
export async function loggedIn(ctx: Ctx, browser = new TestBrowser()): Promise<{ browser: TestBrowser; sessionId: string }> {
  if (ctx.actor.kind !== 'user') throw new Error('only people log in')
  const { userId } = ctx.actor
  const session = await transaction((tx) => createSession(tx, ctx, { userId, amr: ['pwd'], remember: false }))
  browser.set(sessionCookieName(false), encodeURIComponent(session.token))
  return { browser, sessionId: session.sessionId }
}

/** A PKCE pair (RFC 7636 §4). */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The address of an authorization request. */
export function authorizeUrl(origin: string, params: Record<string, string | undefined>): string {
  const query = new URLSearchParams({ response_type: 'code', state: 'the-state', code_challenge_method: 'S256' })
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  return `${origin}/oidc/auth?${query}`
}

export type TokenAnswer = { status: number; body: Record<string, string | number | undefined>; headers: Headers }

/** A POST to an endpoint with HTTP Basic client authentication. */
export async function post(
  origin: string,
  path: string,
  form: Record<string, string>,
  client?: { id: string; secret: string },
  extra: Record<string, string> = {},
): Promise<TokenAnswer> {
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded', ...extra }
  if (client)
    headers.authorization = `Basic ${Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString('base64')}`
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers }
}
