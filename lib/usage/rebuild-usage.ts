import { AppError } from '#lib/errors.ts'
import { oldestDay, rebuildDay } from './rebuild.sql.ts'

const DAY_MS = 86_400_000
/** As far back as any plan keeps rows, and a day that began in another time zone. */
const MOST_DAYS = 400

export type Rebuilt = { from: string; to: string; rows: number }

/**
 * Counts the rollups of whole UTC days anew from the raw rows, `from` (unless given, the oldest row's)
 * through `to` (`2026-11-24`), a day at a time. Days of a team whose rows are
 * no longer complete stay as they are: its plan has let the rows go. For commands. @throws AppError validation_failed
 */
export async function rebuildUsage(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now = new Date(),
): Promise<Rebuilt> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const [asked, until] = [from === undefined ? null : dayOf('from', from), to === undefined ? today : dayOf('to', to)]
  if (asked !== null && asked > until) throw refused('from', to === undefined ? 'that day is yet to come' : 'comes after --to')
  const first = asked ?? (await oldestDay())?.getTime() ?? today
  // A clock that was ahead may have left rows in days to come.
  const last = Math.min(until, today + DAY_MS)
  const begin = Math.max(first, today - MOST_DAYS * DAY_MS)
  let rows = 0
  for (let day = begin; day <= last; day += DAY_MS) {
    rows += await rebuildDay(new Date(day))
  }
  return { from: new Date(begin).toISOString().slice(0, 10), to: new Date(Math.max(begin, last)).toISOString().slice(0, 10), rows }
}

function dayOf(path: 'from' | 'to', text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw refused(path, 'not a day such as 2026-11-24')
}

function refused(path: string, message: string): AppError {
  return new AppError('validation_failed', { message: `${path}: ${message}`, fields: [{ path, message, code: 'invalid' }] })
}
