import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider'
import { newRequestId } from '#lib/ids.ts'
import { factsOf } from '#lib/request-facts.ts'
import { recordRequest } from '#lib/requests/index.ts'
import { checkRedirectUri } from './domain-rules.ts'
import { errorCause } from './error-cause.ts'
import { isProven } from './proven.ts'
import { requestState } from './request-state.ts'

/** Public documents that say the same to everybody: a row for each fetch would bury the rest. */
const NOT_LOGGED = new Set(['discovery', 'jwks'])
/** A grant type as it is known, with the last part of a URN: whatever else was sent stays out of the name. */
const GRANT_TYPE =
  /^(?:urn:ietf:params:oauth:grant-type:)?(authorization_code|refresh_token|client_credentials|device_code|token-exchange)$/

/**
 * Puts every request to the protocol on the request log: whose, what was decided, and why it was refused. The keys of `detail`, which
 * pages rely on: `grant_type`, `redirect_uri`, `redirect_uri_cut`, `post_logout_redirect_uri`, `post_logout_redirect_uri_cut`,
 * `cause` (a word of error-cause.ts that explanations are found by), `description` (what the client was told) and `reason` (what only its
 * team is told).
 */
export function installRequestLog(provider: Provider): void {
  const remember = (ctx: KoaContextWithOIDC, error: Error) => {
    const state = requestState(ctx)
    if (state) state.error = error
  }
  for (const event of [
    'authorization.error',
    'grant.error',
    'userinfo.error',
    'introspection.error',
    'revocation.error',
    'end_session.error',
    'pushed_authorization_request.error',
    'device_authorization.error',
    'code_verification.error',
    'device_resume.error',
    'registration_create.error',
    'server_error',
  ]) {
    provider.on(event as 'server_error', remember)
  }
  provider.on('authorization.success', (ctx) => {
    const state = requestState(ctx)
    if (state) state.loggedIn = true
  })
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    const at = new Date()
    const started = process.hrtime.bigint()
    try {
      await next()
    } catch (error) {
      // Answered further out, as an error of ours.
      remember(ctx, error as Error)
      ctx.status = 500
      throw error
    } finally {
      if (!NOT_LOGGED.has(ctx.oidc?.route ?? '')) record(ctx, at, Number(process.hrtime.bigint() - started) / 1e6)
    }
  })
}

function record(ctx: KoaContextWithOIDC, at: Date, durationMs: number): void {
  const state = requestState(ctx)
  const { oidc } = ctx
  const facts = factsOf(ctx.req)
  const clientId = oidc?.client?.clientId ?? (typeof oidc?.params?.client_id === 'string' ? oidc.params.client_id : null)
  const client = clientId ? state?.clients.get(clientId) : undefined
  const error = state?.error as { message?: string; error_description?: string; error_detail?: string } | undefined
  recordRequest({
    requestId: facts?.requestId ?? newRequestId(),
    at,
    teamId: client?.team_id ?? null,
    proven: isProven(ctx, state),
    clientId: clientId?.slice(0, 100) ?? null,
    domainId: domainOf(ctx),
    secretId: state?.secret?.id ?? null,
    accountId: oidc?.account?.accountId ?? oidc?.session?.accountId ?? null,
    mode: state?.secret?.mode ?? state?.grantOrigin?.mode ?? null,
    method: ctx.method,
    path: `/oidc${ctx.path}`,
    endpoint: endpointOf(ctx),
    status: ctx.status,
    decision: decisionOf(state?.error, ctx.status),
    ip: facts?.ip ?? null,
    userAgent: ctx.get('user-agent') || null,
    host: null,
    durationMs,
    checks: null,
    detail: {
      ...(typeof oidc?.params?.grant_type === 'string' ? { grant_type: oidc.params.grant_type } : {}),
      ...addressDetail('redirect_uri', oidc?.params?.redirect_uri),
      ...addressDetail('post_logout_redirect_uri', oidc?.params?.post_logout_redirect_uri),
      ...(error ? { cause: errorCause(ctx, error), description: error.error_description, reason: error.error_detail } : {}),
    },
  })
}

/**
 * The name that usage is counted by: `login` for the request that sent the person back to the client logged in, `token:refresh_token` and
 * so on at the token endpoint, else the library's name of the route.
 */
function endpointOf(ctx: KoaContextWithOIDC): string | null {
  const { route, params } = ctx.oidc ?? {}
  if (!route) return null
  if (requestState(ctx)?.loggedIn) return 'login'
  const grantType = typeof params?.grant_type === 'string' ? GRANT_TYPE.exec(params.grant_type)?.[1] : undefined
  return route === 'token' && grantType ? `token:${grantType}` : route
}

function domainOf(ctx: KoaContextWithOIDC): string | null {
  const state = requestState(ctx)
  const { client, params } = ctx.oidc ?? {}
  const snapshot = client && state?.clients.get(client.clientId)
  if (!snapshot || typeof params?.redirect_uri !== 'string') {
    // A refresh, or a use of a token: the domain that its family was authorized on.
    const [read] = state?.grantsRead.values() ?? []
    return state?.grantOrigin?.domainId ?? read?.domainId ?? null
  }
  const verdict = checkRedirectUri(snapshot, params.redirect_uri)
  return verdict.ok ? (verdict.domain?.id ?? null) : null
}

/** OAuth's code of an error; what went wrong inside is told in the server's own log, not here. */
function decisionOf(error: Error | undefined, status: number): string {
  if (!error) return status >= 500 ? 'server_error' : 'ok'
  return error instanceof errors.OIDCProviderError ? error.message : 'server_error'
}

/**
 * The part of an address that tells where a mismatch lies: user, query and fragment may carry anything, and are left out. `…_cut` says
 * that there was one, so that nobody takes what is left for the whole.
 */
function addressDetail(name: 'redirect_uri' | 'post_logout_redirect_uri', uri: unknown): Record<string, string | true> {
  if (typeof uri !== 'string') return {}
  const safe = (uri.split(/[?#]/, 1)[0] as string).replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/\\]*@/i, '$1')
  return { [name]: safe, ...(safe === uri ? {} : { [`${name}_cut`]: true }) }
}
