import { type CsvCell, csvLine } from '#lib/csv.ts'
import type { UsageReport, UsageShare } from './usage-report.ts'

export const CSV_TABLES = ['time', 'causes', 'endpoints', 'modes', 'domains', 'clients'] as const

export type CsvTable = (typeof CSV_TABLES)[number]

/** One table of a report as CSV (RFC 4180), times in ISO 8601 and UTC, latencies in milliseconds. */
export function usageCsv(report: UsageReport, table: CsvTable): string {
  const rows = table === 'time' ? timeRows(report) : shareRows(report[table])
  return rows.map(csvLine).join('')
}

function timeRows({ buckets }: UsageReport): CsvCell[][] {
  const head = 'from,to,requests,refused,failed,error_share,logins,tokens,active_users,p50_ms,p95_ms,p99_ms'.split(',')
  return [
    head,
    ...buckets.map(({ from, to, requests, refused, failed, errorShare, logins, tokens, people, latency }) => [
      ...[from.toISOString(), to.toISOString(), requests, refused, failed, rounded(errorShare), logins, tokens, people],
      ...[rounded(latency?.p50), rounded(latency?.p95), rounded(latency?.p99)],
    ]),
  ]
}

function shareRows(shares: UsageShare[]): CsvCell[][] {
  return [['id', 'name', 'requests', 'failed'], ...shares.map(({ id, name, requests, failed }) => [id, name, requests, failed])]
}

function rounded(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value * 1_000) / 1_000
}
