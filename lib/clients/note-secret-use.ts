import { db } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { singleton } from '#lib/registry.ts'

const FLUSH_AFTER_MS = 1_000

type Use = { at: Date; ip: string | null }
type Pending = { uses: Map<string, Use>; timer: NodeJS.Timeout | undefined }

function pending(): Pending {
  return singleton<Pending>('clients.secret-uses', () => ({ uses: new Map(), timer: undefined }))
}

/**
 * Notes that a secret was just proven, and from where. Costs the request nothing: uses are written together within a second, the last
 * one of each secret only.
 */
export function noteSecretUse(secretId: string, ip: string | null): void {
  const state = pending()
  state.uses.set(secretId, { at: new Date(), ip })
  state.timer ??= setTimeout(() => void flushSecretUses(), FLUSH_AFTER_MS).unref()
}

/** Writes what is noted: by itself within a second, and at shutdown before the database closes. A failure is logged, never thrown. */
export async function flushSecretUses(): Promise<void> {
  const state = pending()
  clearTimeout(state.timer)
  state.timer = undefined
  if (state.uses.size === 0) return
  const uses = [...state.uses]
  state.uses.clear()
  const ids = uses.map(([id]) => id)
  const times = uses.map(([, { at }]) => at)
  const ips = uses.map(([, { ip }]) => ip)
  try {
    // Two statements, not one transaction: each locks one table for a moment, and a lost use is no harm.
    await db().$executeRaw`
      UPDATE client_secrets s SET last_used_at = u.at, last_used_ip = u.ip
      FROM unnest(${ids}::text[], ${times}::timestamptz[], ${ips}::text[]) AS u(id, at, ip)
      WHERE s.id = u.id AND (s.last_used_at IS NULL OR s.last_used_at < u.at)`
    await db().$executeRaw`
      UPDATE clients c SET last_used_at = u.at
      FROM (SELECT s.client_id, max(u.at) AS at FROM unnest(${ids}::text[], ${times}::timestamptz[]) AS u(id, at)
            JOIN client_secrets s ON s.id = u.id GROUP BY s.client_id) AS u
      WHERE c.id = u.client_id AND (c.last_used_at IS NULL OR c.last_used_at < u.at)`
  } catch (err) {
    log().warn({ err }, 'last use of secrets was not written')
  }
}
