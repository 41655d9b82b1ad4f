// Owns what a team sees and ends of the tokens of its clients: who is logged in, with which scopes, until when. The tokens themselves are
// lib/oidc's, ending them by client, user or session is lib/grants'.
export { type ApplicationTokenDto, type AuthorizationDto, listTokens, type TokenPage } from './list-tokens.ts'
export { revokeToken } from './revoke-token.ts'
export { revokeUserTokens } from './revoke-user-tokens.ts'
