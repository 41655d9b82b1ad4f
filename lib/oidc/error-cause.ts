import type { KoaContextWithOIDC } from 'oidc-provider'
import { checkRedirectUri, type DomainRefusal } from './domain-rules.ts'
import { requestState } from './request-state.ts'

/** What a redirect URI can be refused for, by the cause that explains it. */
const REDIRECT_CAUSES: Record<DomainRefusal, string> = {
  not_registered: 'redirect_uri_not_registered',
  domain_inactive: 'domain_inactive',
  login_not_allowed: 'login_not_allowed',
  domain_unverified: 'domain_unverified',
  https_required: 'redirect_uri_https',
}

/**
 * By OAuth's error code: what the library, or our own rules, said besides. The first that fits is meant; a code alone may mean many
 * things, and a text is for people. When the library changes its texts, error-cause.test.ts says so.
 */
const CAUSES: readonly [code: string, said: RegExp, cause: string][] = [
  ['access_denied', /test mode/, 'testers_only'],
  ['access_denied', /^/, 'person_denied'],
  ['login_required', /^/, 'login_required'],
  ['unmet_authentication_requirements', /^/, 'login_required'],
  ['interaction_required', /^/, 'login_required'],
  ['consent_required', /^/, 'consent_required'],
  ['invalid_client', /client not found|client is invalid/, 'client_unavailable'],
  ['invalid_client', /does not match the registered/, 'client_auth_method'],
  ['invalid_client', /^/, 'client_auth_failed'],
  ['invalid_request', /no client authentication mechanism/, 'client_auth_missing'],
  ['invalid_request', /only be provided using one mechanism|client_secret must be provided/, 'client_auth_method'],
  ['invalid_request', /^TLS is required/, 'https_required'],
  ['invalid_request', /PKCE/, 'pkce_missing'],
  ['invalid_request', /code_challenge/, 'pkce_method'],
  ['invalid_request', /code_verifier/, 'pkce_failed'],
  ['invalid_request', /missing required parameter.*redirect_uri/, 'redirect_uri_missing'],
  ['invalid_request', /response_type is not allowed/, 'response_type'],
  ['invalid_request', /session.*not found|interaction session|device form details|xsrf token/i, 'interaction_gone'],
  ['invalid_request', /^/, 'parameter'],
  ['invalid_dpop_proof', /^/, 'dpop_proof'],
  ['use_dpop_nonce', /^/, 'dpop_proof'],
  ['invalid_target', /^/, 'resource_unknown'],
  ['invalid_request_object', /^/, 'request_object'],
  ['invalid_request_uri', /^/, 'request_object'],
  ['authorization_pending', /^/, 'device_waiting'],
  ['slow_down', /^/, 'device_waiting'],
  ['expired_token', /^/, 'device_expired'],
  ['unsupported_grant_type', /^/, 'grant_type'],
  ['unauthorized_client', /^/, 'grant_type'],
  ['unsupported_response_type', /^/, 'response_type'],
  ['invalid_scope', /^no known scope/, 'scope_missing'],
  ['invalid_scope', /^/, 'scope_unknown'],
  ['insufficient_scope', /^/, 'scope_unknown'],
  ['invalid_grant', /secret cannot be used for/, 'secret_mode'],
  ['invalid_grant', /secret is restricted/, 'secret_domains'],
  ['invalid_grant', /test mode/, 'testers_only'],
  ['invalid_grant', /domain .* inactive/, 'domain_inactive'],
  ['invalid_grant', /domain .* not allow log-in/, 'login_not_allowed'],
  ['invalid_grant', /domain .* not verified/, 'domain_unverified'],
  ['invalid_grant', /domain .* not https/, 'redirect_uri_https'],
  ['invalid_grant', /no longer registered/, 'redirect_uri_not_registered'],
  ['invalid_grant', /authorization code is expired/, 'code_expired'],
  ['invalid_grant', /AuthorizationCode was already used|authorization code already/, 'code_used'],
  ['invalid_grant', /authorization code redirect_uri/, 'code_redirect_uri'],
  ['invalid_grant', /authorization code not found/, 'code_unknown'],
  ['invalid_grant', /code_verifier|code_challenge/, 'pkce_failed'],
  ['invalid_grant', /refresh token is expired/, 'refresh_expired'],
  ['invalid_grant', /RefreshToken was already used|refresh token already/, 'refresh_used'],
  ['invalid_grant', /refresh token not found/, 'refresh_unknown'],
  ['invalid_grant', /grant|account/i, 'grant_gone'],
]

type Said = { message?: string; error_description?: string; error_detail?: string }

/** Why a request was refused, as a word that explanations are found by; undefined when nothing fits. Never a value that was sent. */
export function errorCause(ctx: KoaContextWithOIDC, error: unknown): string | undefined {
  const { message, error_description = '', error_detail = '' } = (error ?? {}) as Said
  if (message === 'invalid_redirect_uri') return redirectCause(ctx)
  const clientMismatch = message === 'invalid_grant' && error_detail === 'client mismatch'
  if (clientMismatch) return ctx.oidc?.params?.grant_type === 'refresh_token' ? 'refresh_unknown' : 'code_unknown'
  if ((error as Error | undefined)?.name === 'SessionNotFound') return 'interaction_gone'
  // The library's generic description ("grant request is invalid") says nothing; where there is a detail, that is meant.
  const said = error_detail || error_description
  return CAUSES.find(([code, pattern]) => code === message && pattern.test(said))?.[2]
}

function redirectCause(ctx: KoaContextWithOIDC): string {
  const { client, params } = ctx.oidc ?? {}
  const snapshot = client && requestState(ctx)?.clients.get(client.clientId)
  const uri = params?.redirect_uri ?? ctx.query?.redirect_uri
  const verdict = snapshot && typeof uri === 'string' ? checkRedirectUri(snapshot, uri) : null
  return verdict && !verdict.ok ? REDIRECT_CAUSES[verdict.reason] : 'redirect_uri_not_registered'
}
