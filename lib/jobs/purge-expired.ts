import { pool } from '#lib/db.ts'

/** Rows a statement deletes: short locks, and a stop in between loses nothing. */
const BATCH = 1000

type Source = { table: string; where: string }

/** What is past use. Sessions stay 30 days after their end, so that a person can still be told about them. */
const SOURCES: Source[] = [
  { table: 'oidc_artifacts', where: `expires_at < now() - interval '1 hour'` },
  { table: 'sessions', where: `expires_at < now() - interval '30 days' OR ended_at < now() - interval '30 days'` },
  { table: 'mailed_codes', where: `expires_at < now() - interval '1 day'` },
  { table: 'mails', where: `created_at < now() - interval '30 days'` },
  { table: 'invitations', where: `expires_at < now() - interval '30 days' OR closed_at < now() - interval '30 days'` },
  { table: 'sign_tokens', where: `expires_at < now() - interval '1 hour'` },
  // A session lives 30 days at most.
  { table: 'logout_sessions', where: `created_at < now() - interval '31 days'` },
  { table: 'logout_deliveries', where: `created_at < now() - interval '30 days'` },
  { table: 'rate_limits', where: `expire < extract(epoch FROM now() - interval '1 hour') * 1000` },
]

export type Purged = Record<string, number>

/** Deletes what is past use, in batches of 1000. Answers how many rows of each table went. `signal` stops between batches. */
export async function purgeExpired({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<Purged> {
  const purged: Purged = {}
  for (const { table, where } of SOURCES) {
    purged[table] = 0
    for (;;) {
      // The names are constants of this file. ctid is the row's place: the cheapest way to delete a bounded number.
      const { rowCount } = await pool().query(
        `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${where} LIMIT ${BATCH})`,
      )
      purged[table] += rowCount ?? 0
      if ((rowCount ?? 0) < BATCH || signal?.aborted) break
    }
  }
  return purged
}
