// Owns background work on PostgreSQL: the queue, its schedule and its tasks. Belongs to one process an installation.
// What a task does is the entity's own business; payloads carry ids only.
export { purgeExpired } from './purge-expired.ts'
export { startJobs, stopJobs } from './start.ts'
