// Owns the request log: buffers rows, keeps secrets out of them, and writes them in bulk. Reading and showing it comes with its pages;
// what a decision means is lib/gate's.
export { createPartitions } from './partitions.ts'
export { type PurgedRequests, purgeRequests } from './purge-requests.ts'
export { flushRequests, recordRequest, requestLogCounters, startRequestLog, stopRequestLog } from './record-request.ts'
export type { RequestRow } from './request-row.ts'
export { retentionDays } from './retention.sql.ts'
export { type LoggedCheck, readChecks, storeChecks } from './stored-checks.ts'
