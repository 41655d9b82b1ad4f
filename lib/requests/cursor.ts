import { timingSafeEqual } from 'node:crypto'
import { foreignCursor } from '#lib/cursor.ts'
import { hmac } from '#lib/secrets/index.ts'

/** A place in the log: rows are ordered by both. */
export type Position = { at: Date; requestId: string }

/** What a cursor is good for: the same team, clients and filters as the page that gave it out. */
export type CursorScope = { teamId: string; clientIds: readonly string[] | null; query: string }

const MAC_BYTES = 12

/** A cursor that points behind `position` and serves this scope only. */
export function encodeCursor({ at, requestId }: Position, scope: CursorScope): string {
  const place = `${at.getTime()} ${requestId}`
  return Buffer.concat([mac(place, scope), Buffer.from(place)]).toString('base64url')
}

/** The position in a cursor. @throws AppError validation_failed when it is not one of ours, or of another team or other filters */
export function decodeCursor(cursor: string, scope: CursorScope): Position {
  const bytes = Buffer.from(cursor, 'base64url')
  const [given, place] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES).toString()]
  const [, time = '', requestId = ''] = /^(\d{1,15}) ([\w-]{1,60})$/.exec(place) ?? []
  if (given.length === MAC_BYTES && requestId && timingSafeEqual(given, mac(place, scope))) return { at: new Date(Number(time)), requestId }
  throw foreignCursor()
}

function mac(place: string, { teamId, clientIds, query }: CursorScope): Buffer {
  return hmac('request-cursor', JSON.stringify([place, teamId, clientIds, query])).subarray(0, MAC_BYTES)
}
