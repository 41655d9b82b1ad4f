import { pool } from '#lib/db.ts'

// How long raw rows are kept: by the plan of their team, in whole UTC days. Deleting goes partition by partition and a few pages at a time,
// so that it neither holds locks for long nor reads a row twice.

/** Of rows that belong to nobody, and of teams that never had a plan. */
const DAYS_WITHOUT_PLAN = 7
/** Pages of a table that one statement looks at: some thousand rows. */
const PAGES = 256

/** Days of retention of a team `t` with its plan `p`, also after the plan has ended: nothing is lost while someone renews. */
const RETENTION = `coalesce(t.override_retention_days, p.retention_days, ${DAYS_WITHOUT_PLAN})`

/** How many days of its log a team may see: whatever is older is to be hidden at once, deleted or not. */
export async function retentionDays(teamId: string): Promise<number> {
  const { rows } = await pool().query<{ days: number }>({
    name: 'requests_retention',
    text: `SELECT ${RETENTION} AS days FROM teams t LEFT JOIN plans p ON p.key = t.plan_key WHERE t.id = $1`,
    values: [teamId],
  })
  return rows[0]?.days ?? DAYS_WITHOUT_PLAN
}

/**
 * Moves the floor of every team up to where its retention ends now, so that nothing is counted anew from days that are about to go. Rows of
 * nobody have the floor of the team ''.
 */
export async function raiseFloors(now: Date): Promise<void> {
  await pool().query(
    `INSERT INTO request_log_floors (team_id, complete_from)
     SELECT id, date_trunc('day', $1::timestamptz, 'UTC') - days * interval '1 day' FROM (
       SELECT t.id, ${RETENTION} AS days FROM teams t LEFT JOIN plans p ON p.key = t.plan_key UNION ALL SELECT '', ${DAYS_WITHOUT_PLAN}) r
     ORDER BY id
     ON CONFLICT (team_id) DO UPDATE SET complete_from = greatest(request_log_floors.complete_from, excluded.complete_from)`,
    [now],
  )
}

export type Partition = { name: string; from: Date | null; to: Date | null }

/** The partitions, oldest first; the default one last, without bounds. */
export async function listPartitions(): Promise<Partition[]> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'request_logs'::regclass ORDER BY 1`,
  )
  return rows.map(({ name }) => {
    const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? []
    if (!year) return { name, from: null, to: null }
    const from = Date.UTC(Number(year), Number(month) - 1, Number(day))
    return { name, from: new Date(from), to: new Date(from + 86_400_000) }
  })
}

/** The teams with a floor that are not yet purged up to it. */
export async function teamsToPurge(): Promise<{ team_id: string; complete_from: Date; purged_until: Date | null }[]> {
  const { rows } = await pool().query<{ team_id: string; complete_from: Date; purged_until: Date | null }>(
    `SELECT team_id, complete_from, purged_until FROM request_log_floors
     WHERE team_id <> '*' AND (purged_until IS NULL OR purged_until < complete_from)`,
  )
  return rows
}

/**
 * Deletes the rows of teams in one partition that are before their team's floor. Answers how many. `signal` stops between statements, and so does
 * nothing half: what is left is found the next time.
 */
export async function purgePartition(name: string, teams: string[], signal?: AbortSignal): Promise<number> {
  const { rows } = await pool().query<{ pages: number }>(`SELECT (pg_relation_size($1::regclass) / 8192)::int AS pages`, [name])
  let deleted = 0
  for (let page = 0; page < (rows[0]?.pages ?? 0) && !signal?.aborted; page += PAGES) {
    // The name comes from PostgreSQL's own list of partitions.
    const { rowCount } = await pool().query(
      `DELETE FROM "${name}" l USING request_log_floors f
       WHERE l.ctid >= $1::tid AND l.ctid < $2::tid AND coalesce(l.team_id, '') = ANY($3)
         AND f.team_id = coalesce(l.team_id, '') AND l.at < f.complete_from`,
      [`(${page},0)`, `(${page + PAGES},0)`, teams],
    )
    deleted += rowCount ?? 0
  }
  return deleted
}

/** Notes that these teams are purged up to the floor that they had. */
export async function notePurged(floors: { team_id: string; complete_from: Date }[]): Promise<void> {
  await pool().query(
    `UPDATE request_log_floors f SET purged_until = r.until FROM unnest($1::text[], $2::timestamptz[]) AS r(team, until) WHERE f.team_id = r.team`,
    [floors.map(({ team_id }) => team_id), floors.map(({ complete_from }) => complete_from)],
  )
}

/** The longest retention of any team or plan, in days. */
export async function longestRetention(): Promise<number> {
  const { rows } = await pool().query<{ days: number }>(
    `SELECT greatest(${DAYS_WITHOUT_PLAN}, (SELECT max(retention_days) FROM plans), (SELECT max(override_retention_days) FROM teams)) AS days`,
  )
  return rows[0]?.days ?? DAYS_WITHOUT_PLAN
}

/** Drops a whole partition; nothing may be counted anew from before its end. Gives up soon when long reads are in the way: the next run tries again. */
export async function dropPartition(name: string, to: Date): Promise<void> {
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    await client.query(`SET LOCAL lock_timeout = '2s'`)
    await client.query(
      `INSERT INTO request_log_floors (team_id, complete_from) VALUES ('*', $1)
       ON CONFLICT (team_id) DO UPDATE SET complete_from = greatest(request_log_floors.complete_from, excluded.complete_from)`,
      [to],
    )
    await client.query(`DROP TABLE "${name}"`)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
