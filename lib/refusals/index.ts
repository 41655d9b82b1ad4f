// Owns what the request log says of refusals that a team can mend on its client's pages: addresses that log-ins wanted to return to and
// that are not registered. The log itself is lib/requests', registering an address lib/clients'.
export { listRedirectMismatches, type RedirectMismatch } from './list-redirect-mismatches.ts'
