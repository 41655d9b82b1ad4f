// Owns requests to addresses that somebody typed into a form (key sets, log-out endpoints): public addresses only, no redirects, bounded
// in time and size. Whoever needs such a request asks here; which address it is belongs to the caller.
export { checkOutgoingUri } from './check-uri.ts'
export { OutgoingError, outgoingRequest } from './request.ts'
