// Owns the protocol: oidc-provider, its store on PostgreSQL, who may log in where, and the interactions that pages answer. The only
// importer of oidc-provider.
export { type AccessTokenFacts, resolveAccessToken, type TokenVerdict } from './access-token.ts'
export { CLIENT_ALGORITHMS } from './algorithms.ts'
export {
  answerInteraction,
  type InteractionAnswer,
  type InteractionView,
  interactionOutline,
  type LoadedInteraction,
  loadInteraction,
} from './interaction.ts'
export { serveOidc, startOidc, startOidcOnce } from './mount.ts'
