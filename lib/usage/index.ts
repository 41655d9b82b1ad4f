// Owns what is told from the rollups of the request log: how much a team and its clients are used, and with what outcome. The rollups
// are filled by a trigger on the log itself (migration `usage`), in the transaction that inserts the rows; nothing here writes them.
export { LATENCY_BOUNDS_MS, type Percentiles, percentile, percentiles } from './latency.ts'
export { type RecentUsage, type RecentUsageOfClient, recentUsageOfClient, recentUsageOfClients } from './recent-usage.ts'
export { type PlanUse, planUse } from './plan-use.ts'
export { LONGEST_DAYS, RANGES, type Range, type RangeInput, type RangeKey, usageRange } from './range.ts'
export { type UsageBucket, type UsageReport, type UsageShare, type UsageTotals, usageReport } from './usage-report.ts'
export { dateIn } from './zone.ts'
