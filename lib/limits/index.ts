// Owns counting against limits: windows of seconds in memory, PostgreSQL or Redis, and the months of teams in PostgreSQL. Knows keys and
// numbers only; which limit applies to whom is lib/plans' and lib/gate's.
export { hitWindow, peekWindow, type Window, type WindowHit } from './hit-window.ts'
export { startLimits, stopLimits } from './limiter.ts'
export { type MonthHit, monthUsage, peekLiveRequest, takeLiveRequest } from './month.ts'
