/**
 * Every refusal of the gate with its HTTP status, in the order in which the checks run: the table "The request gate" of the contract.
 * `login_not_allowed` and `api_not_allowed` are one check; which of them depends on what the request is for.
 */
export const GATE_CODES = {
  https_required: 403,
  credentials_missing: 401,
  credentials_malformed: 400,
  too_many_failures: 429,
  invalid_credentials: 401,
  client_disabled: 403,
  client_restricted: 403,
  plan_inactive: 403,
  browser_refused: 403,
  domain_not_allowed: 403,
  domain_inactive: 403,
  domain_unverified: 403,
  secret_not_linked: 403,
  mode_mismatch: 403,
  login_not_allowed: 403,
  api_not_allowed: 403,
  ip_not_allowed: 403,
  rate_limited: 429,
  quota_exceeded: 429,
} as const

export type GateCode = keyof typeof GATE_CODES
