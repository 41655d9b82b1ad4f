import { pool } from '#lib/db.ts'

// Counted on every live request: a named prepared statement on the shared pool.

const TAKE = `
SELECT k.team, k.month, take_live_requests(k.team, k.month::date, k.asked, k.quota) AS granted
FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) AS k(team, month, asked, quota)`

const READ = 'SELECT requests FROM monthly_usage WHERE team_id = $1 AND month = $2::date'

export type MonthAsk = { team: string; month: string; asked: number; quota: number }

/** Takes requests out of months, sorted by team and month so that no two statements wait for each other. Answers what each got. */
export async function takeMonths(asks: MonthAsk[]): Promise<number[]> {
  const values = [
    asks.map(({ team }) => team),
    asks.map(({ month }) => month),
    asks.map(({ asked }) => asked),
    asks.map(({ quota }) => quota),
  ]
  const { rows } = await pool().query<{ granted: number }>({ name: 'limits_take', text: TAKE, values })
  return rows.map(({ granted }) => granted)
}

/** How many requests a team made in a month. */
export async function readMonth(team: string, month: string): Promise<number> {
  const { rows } = await pool().query<{ requests: string }>({ name: 'limits_month', text: READ, values: [team, month] })
  return Number(rows[0]?.requests ?? 0)
}
