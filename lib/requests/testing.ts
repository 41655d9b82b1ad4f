import { cleanRow } from './clean-row.ts'
import { insertRows, type StoredRow, storedRow } from './request-log.sql.ts'
import type { RequestRow } from './request-row.ts'

/** A row as the buffer holds it, with its id: to be written more than once, or by several at a time. For tests. */
export function buffered(row: RequestRow): StoredRow {
  return storedRow(cleanRow(row))
}

/** Writes rows as one flush does. For tests. */
export function flushOf(rows: StoredRow[]): Promise<void> {
  return insertRows(rows)
}
