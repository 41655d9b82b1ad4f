// Owns the request gate: the ordered checks that a request with header credentials, or with an access token, passes before any handler
// runs. Free of frameworks: plain input, plain output. Resolving a token is lib/oidc's, counting is lib/limits', the log is lib/requests'.
// Also tells what a change of a domain would have refused, by the same checks on the log.
export { allowlistHas } from './allowlist.ts'
export { checkGate } from './check-gate.ts'
export { checkGateForToken } from './check-gate-for-token.ts'
export { GATE_CODES, type GateCode } from './codes.ts'
export { hasHeaderCredentials, hasToken, headerValues } from './headers.ts'
export { type DomainPreview, previewDomainChange } from './preview/preview-domain-change.ts'
export { previewGate } from './preview-gate.ts'
export type {
  CheckVerdict,
  GateInput,
  GatePass,
  GateRefusal,
  GateResult,
  Mode,
  RawHeaders,
  ResolvedToken,
  TokenGateInput,
  Use,
} from './types.ts'
