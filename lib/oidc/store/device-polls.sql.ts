import { pool } from '#lib/db.ts'

/** What an interval grows by at each poll that comes too soon (RFC 8628 §3.5). */
const GROWTH_SECONDS = 5
/** A poll may come this much too soon: of two requests, the later may have travelled faster. */
const TOLERANCE_SECONDS = 1

// One row for each device code, and one statement: of polls at the same time, on whatever process, one is in time.
const EARLY = `excluded.polled_at < p.polled_at + make_interval(secs => p.interval_seconds - ${TOLERANCE_SECONDS})`
const NOTE = `INSERT INTO device_polls AS p (id_hash, polled_at, interval_seconds, early, expires_at)
  VALUES ($1, clock_timestamp(), $2, false, now() + make_interval(secs => $3))
  ON CONFLICT (id_hash) DO UPDATE SET early = ${EARLY}, polled_at = greatest(p.polled_at, excluded.polled_at),
    interval_seconds = p.interval_seconds + CASE WHEN ${EARLY} THEN ${GROWTH_SECONDS} ELSE 0 END
  RETURNING early`

export type Poll = { idHash: Buffer; interval: number; lifetime: number }

/** Notes that a device asked; true when that was too soon after it asked last, and then it has to wait longer from now on. */
export async function notePoll({ idHash, interval, lifetime }: Poll): Promise<boolean> {
  const { rows } = await pool().query<{ early: boolean }>({ name: 'oidc_device_poll', text: NOTE, values: [idHash, interval, lifetime] })
  return rows[0]?.early === true
}
