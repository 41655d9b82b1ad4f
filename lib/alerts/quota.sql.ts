import { type Db, pool } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import type { TeamAlertKind } from './kinds.ts'

/** What an alert about the month of `now` with this limit is stored as: another limit is another event. The query says the same. */
export function quotaEvent(now: Date, limit: number): string {
  return `${now.toISOString().slice(0, 7)} ${limit}`
}

/**
 * Teams that have used a part of the month of $1 (its first day), and what was not told yet. Only the higher of the two: who is at the end needs not hear that
 * the end is near.
 */
const DUE = `
WITH used AS (
  SELECT m.team_id, m.requests, coalesce(t.override_per_month, p.per_month) AS quota
  FROM monthly_usage m JOIN teams t ON t.id = m.team_id JOIN plans p ON p.key = t.plan_key
  WHERE m.month = $1::date AND m.requests > 0 AND (t.plan_ends_at IS NULL OR t.plan_ends_at > $2::timestamptz)
), events AS (
  SELECT team_id, requests::text AS used, quota, CASE WHEN requests >= quota THEN 'quota_100' ELSE 'quota_80' END AS kind,
    to_char($1::date, 'YYYY-MM') || ' ' || quota AS event
  FROM used WHERE requests * 100 >= quota::bigint * 80
)
SELECT * FROM events e WHERE NOT EXISTS (SELECT 1 FROM alerts a WHERE a.team_id = e.team_id AND a.kind = e.kind AND a.event = e.event)
ORDER BY team_id LIMIT $3`

export type DueQuota = { team_id: string; used: string; quota: number; kind: TeamAlertKind; event: string }

/** What is due in the month that begins with `month` and was not told yet. */
export async function findDueQuotas(month: string, now: Date, limit: number): Promise<DueQuota[]> {
  return (await pool().query<DueQuota>(DUE, [month, now, limit])).rows
}

/** Stores the event as an alert of its team. Whether it is new. */
export async function insertQuotaAlert(tx: Db, { team_id, kind, event, used, quota }: DueQuota, now: Date): Promise<boolean> {
  const evidence = JSON.stringify([{ at: now.toISOString(), used: Number(used), quota }])
  const inserted = await tx.$executeRaw`
    INSERT INTO alerts (id, team_id, kind, event, evidence, first_at, last_at)
    VALUES (${newId('al')}, ${team_id}, ${kind}, ${event}, ${evidence}::jsonb, ${now}, ${now})
    ON CONFLICT (team_id, kind, event) DO NOTHING`
  return inserted === 1
}
