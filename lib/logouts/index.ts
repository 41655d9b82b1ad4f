// Owns back-channel log-out (OpenID Connect Back-Channel Logout 1.0): which clients a log-in reached, the outbox of what they must be told,
// and telling them. When a log-in ends is lib/accounts' and lib/oidc's; the outbox is filled in their transaction.
export { deliverLogout, dueLogouts } from './deliver-logout.ts'
export { type LogoutDeliveryDto, listLogoutDeliveries } from './list-deliveries.ts'
export { moveLogoutSessions, noteLogoutSession, queueClientLogout, queueLogouts } from './queue-logouts.ts'
