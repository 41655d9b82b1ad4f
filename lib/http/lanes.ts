import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { newRequestId } from '#lib/ids.ts'
import { log } from '#lib/log.ts'
import { factsOf, noteDocument, type RequestFacts, setFacts } from '#lib/request-facts.ts'
import { answerError, answerOAuthError } from './answer.ts'
import { type CidrList, clientAddress } from './client-address.ts'
import { fillErrorDocument } from './error-document.ts'
import { readableForm } from './form-body.ts'
import { answerHealth, answerReady } from './health.ts'
import { answerMetrics, countRequest } from './metrics.ts'
import { decodableTarget, hasOneHost, originForm } from './request-target.ts'
import { DATA_POLICY, dataHeaders, mayBePopup, pagePolicy, securityHeaders, setHeaders } from './security-headers.ts'

export type Handler = (req: IncomingMessage, res: ServerResponse) => unknown

export type LaneOptions = {
  publicUrl: string
  development: boolean
  trustedProxies: CidrList
  metricsToken: string | undefined
  isStopping: () => boolean
  /** `/oidc/**`; null: Next's route handler does it. */
  oidc: Handler | null
  /** `/api/**` except `/api/auth/**`; null: Next's route handler does it. */
  api: ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | null
  pages: Handler
  /** Puts what pages need into the request and the answer, such as the CSRF cookie; tells where forms may lead. */
  preparePage: (
    req: IncomingMessage,
    res: ServerResponse,
    url: URL,
  ) => Promise<{ formTargets: readonly string[] }> | { formTargets: readonly string[] }
}

/** RFC 8414 §3.1 puts the metadata of an issuer with a path here. */
const RFC8414_PATH = '/.well-known/oauth-authorization-server/oidc'
const MAX_BODY_BYTES = 1_048_576

type Lane = 'health' | 'oidc' | 'api' | 'pages'

/** The one listener of the server: every request gets its id, address and security headers here and goes down the shortest lane. */
export function createListener(options: LaneOptions): RequestListener {
  const secure = options.publicUrl.startsWith('https:')
  const host = new URL(options.publicUrl).host
  const ofPages = securityHeaders({ secure, popup: false })
  const ofPopups = securityHeaders({ secure, popup: true })
  const ofData = [...ofPopups, 'Content-Security-Policy', DATA_POLICY]
  const ofApi = dataHeaders({ secure })
  const ofApiAtLast = [...ofApi, 'Connection', 'close']

  return (req, res) => {
    const started = performance.now()
    const requestId = newRequestId()
    const address = clientAddress(req, options.trustedProxies)
    const target = originForm(req.url ?? '', host)
    const wellFormed = target !== undefined && hasOneHost(req)
    if (target !== undefined) req.url = target
    const path = (target ?? '').split('?', 1)[0] as string
    const lane = laneOf(path)
    const stopping = options.isStopping()
    const facts: RequestFacts = { requestId, ...address, forwarded: takeOverForwarding(req, { host, secure, ip: address.ip }) }
    setFacts(req, facts)
    // The API writes its head in one go: setting these one by one before it costs as much as the gate's own checks.
    const api = lane === 'api' && wellFormed ? options.api : null
    if (api) facts.headers = stopping ? ofApiAtLast : ofApi
    else {
      const page = mayBePopup(path) ? ofPopups : ofPages
      setOwnHeaders(res, requestId, lane === 'pages' || lane === 'health' ? page : neverPage(path) ? ofApi : ofData, stopping)
    }
    // `on`, since it comes once anyway.
    res.on('close', () => answered({ requestId, lane, path, ip: address.ip }, req, res, performance.now() - started))
    const refuse = lane === 'oidc' ? answerOAuthError : answerError
    if (!wellFormed) return refuse(res, 400, 'bad_request', 'The request must name a path of this server, and one Host')

    const refusal = refuseBody(req, lane) ?? refuseOrigin(req, lane, options.publicUrl)
    if (refusal) return refuse(res, ...refusal)
    const done = api ? api(req, res) : run(options, lane, path, req, res, { secure })
    done.catch((err) => {
      log().error({ err, requestId }, 'request failed')
      if (res.headersSent) return void res.destroy()
      if (api) setOwnHeaders(res, requestId, ofApi, stopping)
      refuse(res, 500, 'internal_error', 'Something went wrong on our side')
    })
  }
}

function setOwnHeaders(res: ServerResponse, requestId: string, headers: readonly string[], stopping: boolean): void {
  res.setHeader('X-Request-Id', requestId)
  if (stopping) res.setHeader('Connection', 'close')
  setHeaders(res, headers)
}

type Asked = { requestId: string; lane: Lane; path: string; ip: string | null }

function answered({ requestId, lane, path, ip }: Asked, req: IncomingMessage, res: ServerResponse, ms: number): void {
  countRequest(lane, res.statusCode, ms / 1000)
  if (!log().isLevelEnabled('debug')) return
  const { method } = req
  log().debug({ requestId, lane, method, path: withoutTokens(path), status: res.statusCode, ms: Math.round(ms * 10) / 10, ip }, 'answered')
}

/** Endpoints of the protocol that programs call: they answer with JSON and nothing else, many times a second. */
function neverPage(path: string): boolean {
  return path === '/oidc/me' || path === '/oidc/token' || path.startsWith('/oidc/token/')
}

/** Paths that carry a token of their own are logged without it. */
function withoutTokens(path: string): string {
  return path.replace(/^(\/(?:sign|invitations)\/)[^/]+/, '$1…')
}

function laneOf(path: string): Lane {
  if (path === '/healthz' || path === '/readyz' || path === '/metrics') return 'health'
  if (path === '/oidc' || path.startsWith('/oidc/') || path === RFC8414_PATH) return 'oidc'
  if (path === '/api' || path.startsWith('/api/')) return path === '/api/auth' || path.startsWith('/api/auth/') ? 'pages' : 'api'
  return 'pages'
}

/**
 * From here on the request says what we know, not what the client claims: a forged Host would otherwise end up in discovery, links
 * and cookies. Answers whether it carried forwarding headers.
 */
function takeOverForwarding(req: IncomingMessage, known: { host: string; secure: boolean; ip: string | null }): boolean {
  const { headers } = req
  let forwarded = false
  for (const name in headers) {
    const forwarding = isForwarding(name)
    if (!forwarding && !name.startsWith('x-xwms-') && name !== 'x-nonce') continue
    forwarded ||= forwarding
    delete headers[name]
  }
  headers.host = known.host
  headers['x-forwarded-proto'] = known.secure ? 'https' : 'http'
  if (known.ip) headers['x-forwarded-for'] = known.ip
  return forwarded
}

function isForwarding(name: string): boolean {
  return name === 'forwarded' || name === 'via' || name === 'x-real-ip' || name.startsWith('x-forwarded-')
}

/** Bodies have a declared length on the lane of pages, so that one look bounds them; the other lanes count while they read. */
function refuseBody(req: IncomingMessage, lane: Lane): [number, string, string] | undefined {
  if (lane !== 'api' && Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
    return [413, 'body_too_large', 'The body is larger than 1 MiB']
  if (lane === 'pages' && req.headers['transfer-encoding'] !== undefined) return [411, 'length_required', 'Send a Content-Length']
  return undefined
}

/** A page of another site must not send our forms or Server Actions; `null` is a sandboxed frame or a redirect from elsewhere. */
function refuseOrigin(req: IncomingMessage, lane: Lane, publicUrl: string): [number, string, string] | undefined {
  const { origin } = req.headers
  if (lane !== 'pages' || req.method === 'GET' || req.method === 'HEAD' || origin === undefined || origin === publicUrl) return undefined
  return [403, 'foreign_origin', 'This form was sent from another site']
}

async function run(
  options: LaneOptions,
  lane: Lane,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  { secure }: { secure: boolean },
): Promise<void> {
  if (lane === 'health') {
    if (req.method !== 'GET' && req.method !== 'HEAD') return answerError(res, 405, 'method_not_allowed', 'Use GET')
    if (path === '/healthz') return answerHealth(res)
    if (path === '/readyz') return answerReady(res, options.isStopping())
    return answerMetrics(req, res, options.metricsToken)
  }
  if (path === RFC8414_PATH) req.url = '/oidc/.well-known/oauth-authorization-server'
  if (lane === 'pages') return page(options, req, res, secure)
  tellPages(req)
  await ((lane === 'oidc' && options.oidc) || options.pages)(req, res)
}

/** What route handlers and pages need to know and cannot see. */
function tellPages(req: IncomingMessage): void {
  const { requestId, ip } = factsOf(req) ?? {}
  req.headers['x-request-id'] = requestId
  if (ip) req.headers['x-xwms-ip'] = ip
}

async function page(options: LaneOptions, req: IncomingMessage, res: ServerResponse, secure: boolean): Promise<void> {
  const target = decodableTarget(req.url as string)
  req.url = target
  if (req.method === 'POST') {
    const readable = await readableForm(req)
    if (readable === null) return
    if (!readable) return answerError(res, 400, 'bad_request', 'The body is no form as its Content-Type says')
  }
  // Pictures that people uploaded: whatever a browser takes them for, nothing in them runs.
  if (target.startsWith('/logos/')) res.setHeader('Content-Security-Policy', DATA_POLICY)
  else if (!target.startsWith('/_next/static/')) {
    const nonce = randomBytes(16).toString('base64')
    const { formTargets } = await options.preparePage(req, res, new URL(options.publicUrl + target))
    const policy = pagePolicy({ nonce, secure, development: options.development, formTargets })
    // Next reads the nonce for its own scripts from the policy on the request.
    req.headers['content-security-policy'] = policy
    req.headers['x-nonce'] = nonce
    req.headers['x-xwms-path'] = target
    tellPages(req)
    const requestId = factsOf(req)?.requestId
    // The headers of Next's router: it asks for data then, and makes the page itself.
    if (requestId && !('rsc' in req.headers || 'next-action' in req.headers)) {
      noteDocument(requestId, res)
      fillErrorDocument(req, res)
    }
    res.setHeader('Content-Security-Policy', policy)
  }
  await options.pages(req, res)
}
