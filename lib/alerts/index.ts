// Owns the watch for abuse, failures, limits and secrets that come to their time: notes what the gate and the request log see, raises alerts on clients and
// teams, mails the owners, and the verbs that restrict a client by hand and lift it. It refuses nobody by itself: that is lib/gate's, and only for the
// failing address.

export { getRestriction, type RestrictionDetail } from './get-restriction.ts'
export type { AlertKind, Evidence } from './kinds.ts'
export { liftRestriction } from './lift-restriction.ts'
export { type AlertDto, listAlerts } from './list-alerts.ts'
export { listTeamAlerts, type TeamAlertDto } from './list-team-alerts.ts'
export { flushAlerts, noteAlert, noteFailedAttempt } from './note.ts'
export { type RestrictionDto, restrictClient } from './restrict-client.ts'
export { watchErrors } from './watch-errors.ts'
export { watchQuota } from './watch-quota.ts'
export { countRate, watchRates, writeRates } from './watch-rates.ts'
export { watchSecrets } from './watch-secrets.ts'
