import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { factsOf } from '#lib/request-facts.ts'
import { recordRequest } from '#lib/requests/index.ts'
import { checkRedirectUri } from './domain-rules.ts'
import { requestState } from './request-state.ts'

/** Public documents that say the same to everybody: a row for each fetch would bury the rest. */
const NOT_LOGGED = new Set(['discovery', 'jwks'])
/** Endpoints at which the client proves itself; elsewhere its id is a claim. */
const AUTHENTICATED = new Set(['token', 'introspection', 'revocation', 'pushed_authorization_request'])

/** Puts every request to the protocol on the request log: whose, what was decided, and why it was refused. */
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
    'server_error',
  ]) {
    provider.on(event as 'server_error', remember)
  }
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    const at = new Date()
    const started = process.hrtime.bigint()
    try {
      await next()
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
  const proven = AUTHENTICATED.has(oidc?.route ?? '') && ctx.status !== 401
  const error = state?.error as { message?: string; error_description?: string; error_detail?: string } | undefined
  recordRequest({
    requestId: facts?.requestId ?? '',
    at,
    teamId: proven || !AUTHENTICATED.has(oidc?.route ?? '') ? (client?.team_id ?? null) : null,
    clientId: clientId?.slice(0, 100) ?? null,
    domainId: domainOf(ctx),
    secretId: state?.secret?.id ?? null,
    accountId: oidc?.account?.accountId ?? oidc?.session?.accountId ?? null,
    mode: state?.secret?.mode ?? state?.grantOrigin?.mode ?? null,
    method: ctx.method,
    path: `/oidc${ctx.path}`,
    endpoint: oidc?.route ?? null,
    status: ctx.status,
    decision: error?.message ?? 'ok',
    ip: facts?.ip ?? null,
    userAgent: ctx.get('user-agent') || null,
    host: null,
    durationMs,
    checks: null,
    detail: {
      ...(typeof oidc?.params?.grant_type === 'string' ? { grant_type: oidc.params.grant_type } : {}),
      ...(typeof oidc?.params?.redirect_uri === 'string' ? { redirect_uri: withoutQuery(oidc.params.redirect_uri) } : {}),
      ...(error ? { description: error.error_description, reason: error.error_detail } : {}),
    },
  })
}

function domainOf(ctx: KoaContextWithOIDC): string | null {
  const state = requestState(ctx)
  const { client, params } = ctx.oidc ?? {}
  const snapshot = client && state?.clients.get(client.clientId)
  if (!snapshot || typeof params?.redirect_uri !== 'string') return state?.grantOrigin?.domainId ?? null
  const verdict = checkRedirectUri(snapshot, params.redirect_uri)
  return verdict.ok ? (verdict.domain?.id ?? null) : null
}

/** The part of an address that tells where a mismatch lies; its query may carry anything. */
function withoutQuery(uri: string): string {
  return uri.split(/[?#]/, 1)[0] as string
}
