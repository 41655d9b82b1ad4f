// Owns the ties between a client and the people who logged in to it, as the client and its team may see them: who is reachable, with which
// scopes, what is told of them, and ending a tie. The consents themselves are lib/grants; how people log in is lib/oidc's and lib/sign-tokens'.
export { type DisclosedProfile, disclosedProfile } from './disclosed-profile.ts'
export { disclosedTo } from './disclosed-to.ts'
export { endConnection } from './end-connection.ts'
export { getUserInfo, type UserInfo } from './get-user-info.ts'
export { type ConnectionDto, listConnections } from './list-connections.ts'
export { listPeople, type PersonDto } from './list-people.ts'
export { matchingPeople } from './matching-people.ts'
export { type Reach, reachPerson, scopeNotGranted } from './reach-person.ts'
export { mayTest } from './testers.ts'
