import { GATE_CODES } from '#lib/gate/index.ts'

/** The decisions that one filters by: the gate's, in the order of its checks; then what endpoints and OAuth say. */
export const DECISIONS: readonly string[] = [
  'ok',
  ...Object.keys(GATE_CODES),
  'scope_not_granted',
  'consent_required',
  'user_not_found',
  'validation_failed',
  'token_invalid',
  'invalid_token',
  'invalid_client',
  'invalid_grant',
  'invalid_redirect_uri',
  'invalid_request',
  'invalid_scope',
  'unauthorized_client',
  'access_denied',
]
