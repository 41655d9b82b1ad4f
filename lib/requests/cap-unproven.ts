import { networkOf } from '#lib/network.ts'
import { singleton } from '#lib/registry.ts'
import type { RequestRow } from './request-row.ts'

/** Rows a minute that one address may fill of one team's log, and of nobody's, without proving who it is. */
const ROWS = 60
const MINUTE_MS = 60_000
const MAX_KEYS = 20_000

type Cap = { minute: number; rows: Map<string, number> }

/**
 * Whether a row that nobody proven caused still fits: a stranger must not be able to fill the log. `teamId` is that of a client which exists, never of
 * one that was only claimed.
 */
export function fitsCap({ ip, teamId, at }: Pick<RequestRow, 'ip' | 'teamId' | 'at'>): boolean {
  const cap = singleton<Cap>('requests.cap', () => ({ minute: 0, rows: new Map() }))
  const minute = Math.floor(at.getTime() / MINUTE_MS)
  if (cap.minute !== minute) {
    cap.minute = minute
    cap.rows.clear()
  }
  const key = `${ip === null ? '' : networkOf(ip)} ${teamId ?? ''}`
  // With so many at once, those that come late share one share.
  const counted = cap.rows.size < MAX_KEYS || cap.rows.has(key) ? key : ''
  const rows = (cap.rows.get(counted) ?? 0) + 1
  cap.rows.set(counted, rows)
  return rows <= ROWS
}
