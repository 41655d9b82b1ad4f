// Owns the domains of a client: host names and their form, modes, toggles, IP allowlists, the primary one, the proof that a host is its
// team's. Redirect URIs that belong to a domain are lib/clients; the checks on a request are lib/gate.
export { allowAddress } from './allow-address.ts'
export type { DomainDto } from './dto.ts'
export { type Fallback, findFallback } from './find-fallback.ts'
export { HOST_PROBLEMS, type HostProblem, isLocalHost, normalizeHost, parseHost, splitHostMode } from './host.ts'
export { addDomain, findDomain, listClientDomains } from './internal.ts'
export { type LoginRefusal, loginRefusal } from './login-refusal.ts'
export { isPublicAddress } from './network.ts'
export { type RemovedDomain, removeDomain } from './remove-domain.ts'
export type { SetDomainInput } from './schemas.ts'
export { parseDomainChange, setDomain } from './set-domain.ts'
export { setPrimaryDomain } from './set-primary-domain.ts'
export { type DomainVerification, verifyDomain } from './verify-domain.ts'
