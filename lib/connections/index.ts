// Owns the ties between a client and the people who logged in to it, as the client may see them: who is reachable, with which scopes, and
// what is told of them. The consents themselves are lib/grants; how people log in is lib/oidc's and lib/sign-tokens'.
export { type DisclosedProfile, disclosedProfile } from './disclosed-profile.ts'
export { getUserInfo, type UserInfo } from './get-user-info.ts'
export { type ConnectionDto, listConnections } from './list-connections.ts'
export { type Reach, reachPerson, scopeNotGranted } from './reach-person.ts'
export { mayTest } from './testers.ts'
