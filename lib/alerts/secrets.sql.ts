import { type Db, pool } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import type { Evidence, SecretAlertKind } from './kinds.ts'

/**
 * Secrets that work and have come to a time that is told: 30, 7 or 1 days before their end, or 90 days after their last use. Only the nearest of the
 * three, and none that was past already when the secret was made, or when rotation gave it its end: whoever did that knew. An event is a secret
 * with its end (or last use), so that another end is another event. What was told is left out.
 */
const DUE = `
WITH living AS (
  SELECT s.id, s.client_id, s.hint, s.label, s.mode, s.expires_at, s.last_used_at, c.team_id, c.name AS client_name,
    greatest(s.created_at, (SELECT max(r.created_at) FROM client_secrets r WHERE r.client_id = s.client_id AND r.replaces_id = s.id)) AS since,
    CASE WHEN s.expires_at <= $1::timestamptz + interval '1 day' THEN 1
         WHEN s.expires_at <= $1::timestamptz + interval '7 days' THEN 7
         WHEN s.expires_at <= $1::timestamptz + interval '30 days' THEN 30 END AS days,
    coalesce(s.last_used_at, s.created_at) AS quiet_since
  FROM client_secrets s JOIN clients c ON c.id = s.client_id
  WHERE c.deleted_at IS NULL AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > $1::timestamptz)
), due AS (
  SELECT *, 'secret_expires_in_' || CASE days WHEN 1 THEN '1_day' ELSE days || '_days' END AS kind, expires_at AS moment FROM living
  WHERE days IS NOT NULL AND expires_at - days * interval '1 day' > since + interval '1 hour'
  UNION ALL
  SELECT *, 'secret_unused', quiet_since FROM living WHERE quiet_since <= $1::timestamptz - interval '90 days'
), events AS (
  SELECT *, id || ' ' || (extract(epoch FROM moment) * 1000)::bigint AS event FROM due
)
SELECT team_id, client_id, client_name, id, hint, label, mode::text, expires_at, last_used_at, kind, event FROM events e
WHERE NOT EXISTS (SELECT 1 FROM alerts a WHERE a.client_id = e.client_id AND a.kind = e.kind AND a.event = e.event)
ORDER BY team_id, kind, client_id, event LIMIT $2`

export type DueSecret = {
  team_id: string
  client_id: string
  client_name: string
  id: string
  hint: string
  label: string | null
  mode: 'test' | 'live'
  expires_at: Date | null
  last_used_at: Date | null
  kind: SecretAlertKind
  event: string
}

/** What is due at `now` and was not told yet, team by team and kind by kind. */
export async function findDueSecrets(now: Date, limit: number): Promise<DueSecret[]> {
  return (await pool().query<DueSecret>(DUE, [now, limit])).rows
}

/**
 * Stores each event as an alert of its client, unless it is there or the client has left the team meanwhile. Answers the new ones. Sorted, so that two
 * processes do not wait in a circle.
 */
export async function insertSecretAlerts(
  tx: Db,
  teamId: string,
  events: (DueSecret & { evidence: Evidence })[],
  now: Date,
): Promise<DueSecret[]> {
  const ids = events.map(() => newId('al'))
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO alerts (id, client_id, kind, event, evidence, first_at, last_at)
    SELECT k.id, k.client, k.kind, k.event, jsonb_build_array(k.evidence), ${now}, ${now}
    FROM unnest(${ids}::text[], ${events.map(({ client_id }) => client_id)}::text[], ${events.map(({ kind }) => kind)}::text[],
      ${events.map(({ event }) => event)}::text[], ${events.map(({ evidence }) => JSON.stringify(evidence))}::jsonb[]) AS k (id, client, kind, event, evidence)
    JOIN clients c ON c.id = k.client AND c.team_id = ${teamId} AND c.deleted_at IS NULL
    ORDER BY k.client, k.kind, k.event ON CONFLICT (client_id, kind, event) DO NOTHING RETURNING id`
  const fresh = new Set(rows.map(({ id }) => id))
  return events.filter((_, index) => fresh.has(ids[index] ?? ''))
}
