import type { CountingCheck, HeaderCheck, ProofCheck, StateCheck } from './check.ts'
import { browserRefused } from './checks/browser-refused.ts'
import { clientDisabled } from './checks/client-disabled.ts'
import { clientRestricted } from './checks/client-restricted.ts'
import { credentialsMalformed } from './checks/credentials-malformed.ts'
import { credentialsMissing } from './checks/credentials-missing.ts'
import { domainInactive } from './checks/domain-inactive.ts'
import { domainNotAllowed } from './checks/domain-not-allowed.ts'
import { domainUnverified } from './checks/domain-unverified.ts'
import { httpsRequired } from './checks/https-required.ts'
import { invalidCredentials } from './checks/invalid-credentials.ts'
import { ipNotAllowed } from './checks/ip-not-allowed.ts'
import { modeMismatch } from './checks/mode-mismatch.ts'
import { planInactive } from './checks/plan-inactive.ts'
import { quotaExceeded } from './checks/quota-exceeded.ts'
import { rateLimited } from './checks/rate-limited.ts'
import { secretNotLinked } from './checks/secret-not-linked.ts'
import { tooManyFailures } from './checks/too-many-failures.ts'
import { apiNotAllowed, loginNotAllowed } from './checks/use-not-allowed.ts'
import type { GateCode } from './codes.ts'
import type { Use } from './types.ts'

// The gate, in order: the numbers are those of the contract's table. The first check that fails answers.

/** 1 to 3: headers alone. */
export const HEADER_CHECKS: readonly HeaderCheck[] = [httpsRequired, credentialsMissing, credentialsMalformed]

/** 4 and 5: id and secret belong together. */
export const PROOF_CHECKS: readonly ProofCheck[] = [tooManyFailures, invalidCredentials]

/** 6 to 16: the state of the client, its team and its domain. */
export const STATE_CHECKS: Readonly<Record<Use, readonly StateCheck[]>> = {
  api: stateChecks(apiNotAllowed),
  login: stateChecks(loginNotAllowed),
}

/** 17 and 18: what counts. */
export const COUNTING_CHECKS: readonly CountingCheck[] = [rateLimited, quotaExceeded]

function stateChecks(useNotAllowed: StateCheck): StateCheck[] {
  return [
    clientDisabled,
    clientRestricted,
    planInactive,
    browserRefused,
    domainNotAllowed,
    domainInactive,
    domainUnverified,
    secretNotLinked,
    modeMismatch,
    useNotAllowed,
    ipNotAllowed,
  ]
}

/** What an access token does not pass: it is proven elsewhere, may come from a browser, and has no secret. */
export const NOT_FOR_TOKENS: ReadonlySet<GateCode> = new Set([
  'credentials_missing',
  'credentials_malformed',
  'too_many_failures',
  'invalid_credentials',
  'browser_refused',
  'secret_not_linked',
  'mode_mismatch',
])

/** The codes of one request's checks, in order. */
export const ORDER: Readonly<Record<Use, readonly GateCode[]>> = { api: order('api'), login: order('login') }

function order(use: Use): GateCode[] {
  return [...HEADER_CHECKS, ...PROOF_CHECKS, ...STATE_CHECKS[use], ...COUNTING_CHECKS].map(({ code }) => code)
}
