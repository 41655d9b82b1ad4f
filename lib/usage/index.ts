// Owns what is told from the rollups of the request log: how much a team and its clients are used, and with what outcome. The rollups
// are filled by a trigger on the log itself (migration `usage`), in the transaction that inserts the rows; nothing here writes them.

export { CSV_TABLES, type CsvTable, usageCsv } from './csv.ts'
export { type FirstUses, firstUsesOfClient } from './first-uses.ts'
export type { Percentiles } from './latency.ts'
export { type PlanUse, planUse } from './plan-use.ts'
export { pruneUsage } from './prune-usage.ts'
export { RANGES, type Range, type RangeInput, type RangeKey } from './range.ts'
export { type Rebuilt, rebuildUsage } from './rebuild-usage.ts'
export {
  type RecentUsage,
  type RecentUsageOfClient,
  recentRequestsOfClients,
  recentUsageOfClient,
  recentUsageOfClients,
} from './recent-usage.ts'
export { type UsageBucket, type UsageReport, type UsageShare, type UsageTotals, usageReport } from './usage-report.ts'
export { dateIn } from './zone.ts'
