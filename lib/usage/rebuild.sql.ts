import type pg from 'pg'
import { pool } from '#lib/db.ts'

const HOUR_MS = 3_600_000
/** A day of a busy installation takes minutes; after this long PostgreSQL is taken for hung. */
const LONGEST_STATEMENT_MS = HOUR_MS
/** Rows of a day from which on they pass an hour at a time: the trigger keeps in memory what passes. */
const MANY = 50_000
const TABLES = ['minutes', 'hours', 'source_hours', 'source_days', 'kind_hours', 'kind_days', 'user_hours', 'user_days']
/** What the trigger reads of a row. */
const COLUMNS = 'at, team_id, client_id, domain_id, account_id, mode, endpoint, status, decision, duration_ms'

/** Teams whose raw rows of the day in $1 are all there: neither their retention nor a dropped partition took any. */
const COMPLETE = `NOT EXISTS (SELECT 1 FROM request_log_floors f WHERE f.team_id IN (%, '*') AND f.complete_from > $1)`

/**
 * Deletes the rollups of one UTC day and fills them again by the same trigger that fills them from the log: the raw rows pass through a temporary
 * table that has it, in parts that fit the memory. One transaction, in which nobody else writes to the log: what comes meanwhile waits in the buffers
 * and is counted after. Answers how many rows were counted.
 */
export async function rebuildDay(day: Date): Promise<number> {
  const client = await pool().connect()
  // `pg` takes a time of its own for a statement; its types do not know.
  const ask = <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    client.query<R>({ text, values, query_timeout: LONGEST_STATEMENT_MS } as pg.QueryConfig)
  try {
    await ask('BEGIN')
    await ask('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0')
    await ask('LOCK TABLE request_logs IN SHARE MODE')
    await ask(`CREATE TEMP TABLE usage_replay ON COMMIT DROP AS SELECT ${COLUMNS} FROM request_logs WITH NO DATA`)
    await ask(`CREATE TRIGGER usage_replay_roll_up AFTER INSERT ON usage_replay REFERENCING NEW TABLE AS inserted
      FOR EACH STATEMENT EXECUTE FUNCTION roll_up_requests()`)
    for (const table of TABLES) {
      await ask(`DELETE FROM usage_${table} u WHERE at >= $1 AND at < $1 + interval '1 day' AND ${COMPLETE.replace('%', 'u.team_id')}`, [
        day,
      ])
    }
    const { rows } = await ask<{ many: boolean }>(
      `SELECT count(*) = ${MANY} AS many FROM (SELECT FROM request_logs WHERE at >= $1 AND at < $1 + interval '1 day' LIMIT ${MANY}) l`,
      [day],
    )
    const hours = rows[0]?.many ? 1 : 24
    let counted = 0
    for (let hour = 0; hour < 24; hour += hours) {
      const from = new Date(day.getTime() + hour * HOUR_MS)
      const { rowCount } = await ask(
        `INSERT INTO usage_replay SELECT ${COLUMNS} FROM request_logs l
         WHERE at >= $2 AND at < $2 + interval '${hours} hours' AND ${COMPLETE.replace('%', `coalesce(l.team_id, '')`)}`,
        [day, from],
      )
      counted += rowCount ?? 0
      await ask('TRUNCATE usage_replay')
    }
    await ask('COMMIT')
    return counted
  } catch (error) {
    await ask('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

/** The day of the oldest raw row; null when there is none. */
export async function oldestDay(): Promise<Date | null> {
  const { rows } = await pool().query<{ day: Date | null }>(`SELECT date_trunc('day', min(at), 'UTC') AS day FROM request_logs`)
  return rows[0]?.day ?? null
}
