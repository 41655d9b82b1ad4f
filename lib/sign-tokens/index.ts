// Owns log-ins by `sign-token`: the start token that sends a person here, their answer, and the delivered token that a client exchanges
// for who they are. What the person allows is lib/grants' consent, the same as OpenID Connect's.
export { answerSignRequest, type SignAnswer } from './answer-sign-request.ts'
export { type CreatedSignToken, createSignToken } from './create-sign-token.ts'
export { loadSignRequest, type SignView } from './load-sign-request.ts'
export { signFallback } from './sign-fallback.ts'
export { signTarget } from './sign-target.ts'
export { verifySignToken } from './verify-sign-token.ts'
