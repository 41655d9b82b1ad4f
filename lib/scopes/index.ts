// Owns scopes: which there are, and which ones a client may ask for. Their names in words are in the message files under `scopes`; what a
// person allowed is lib/grants.
export { type ClientScopeDto, listClientScopes } from './internal.ts'
export { listScopes, type ScopeDto } from './list-scopes.ts'
export { checkScopeNames, type SetClientScopesInput } from './schemas.ts'
export { setClientScopes } from './set-client-scopes.ts'
