// Owns what users allowed clients (consents) and the families of tokens that came of it. Tokens themselves are lib/oidc's; here
// they are only ended, by client, by user, by session.

export { allowConsent } from './allow-consent.ts'
export { type ConsentRecord, findConsent, noteLogin } from './consent.ts'
export { countAllowedScopes } from './count-allowed-scopes.ts'
export { endConsent } from './end-consent.ts'
export { countClientTokens, endClientTokens, endSessionTokens, endUserTokens, moveSessionTokens } from './end-tokens.ts'
export { type ConnectedApp, listConsents } from './list-consents.ts'
export { revokeClientTokens } from './revoke-client-tokens.ts'
export { revokeOwnTokens } from './revoke-own-tokens.ts'
export { revokeTeamTokens } from './revoke-team-tokens.ts'
export { takeBackConsent } from './take-back-consent.ts'
