// Owns initial access tokens (RFC 7591 §3): what lets software register clients of a team. Made by operators, kept as hashes, good for a
// number of uses. The clients that come of it are lib/clients', the endpoint is lib/oidc's.
export { createRegistrationToken, type NewRegistrationToken } from './create-registration-token.ts'
export { listRegistrationTokens, revokeRegistrationToken } from './manage-registration-tokens.ts'
export { findRegistrationToken, giveBackRegistration, takeRegistration } from './use-registration-token.ts'
