import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#lib/context.ts'
import { foreignCursor } from '#lib/cursor.ts'
import { db, type Prisma } from '#lib/db.ts'
import { hmac } from '#lib/secrets/index.ts'
import { assertOwnReach, type Reach } from './reach-person.ts'
import { whereTester } from './testers.ts'

export type ConnectionDto = {
  sub: string
  /** Null without the scope `profile` or `userinfo`, allowed by the person. */
  name: string | null
  /** Null without `email` or `userinfo`. */
  email: string | null
  scopes: string[]
  /** ISO 8601 */
  connected_at: string
  last_login_at: string | null
}

export type ListConnectionsInput = { reach: Reach; limit: number; cursor?: string | undefined }

/**
 * One page of the people connected to the acting client, newest first; in test mode testers only. `nextCursor` leads to the next page
 * and works for this client and mode only.
 * @throws AppError unauthenticated, not_found, validation_failed (cursor)
 */
export async function listConnections({
  ctx,
  input: { reach, limit, cursor },
}: {
  ctx: Ctx
  input: ListConnectionsInput
}): Promise<{ users: ConnectionDto[]; nextCursor: string | null }> {
  assertOwnReach(ctx, reach)
  const rows = await db().consent.findMany({
    where: {
      clientId: reach.clientId,
      user: { is: await whereReachable(reach) },
      ...(cursor ? after(readCursor(reach, cursor)) : {}),
    },
    select: { id: true, scopes: true, createdAt: true, lastLoginAt: true, user: { select: { sub: true, name: true, email: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    users: page.map((row) => {
      const scopes = row.scopes.filter((scope) => reach.scopes.includes(scope))
      const may = (scope: string) => scopes.includes(scope) || scopes.includes('userinfo')
      return {
        sub: row.user.sub,
        name: may('profile') ? row.user.name : null,
        email: may('email') ? row.user.email : null,
        scopes,
        connected_at: row.createdAt.toISOString(),
        last_login_at: row.lastLoginAt?.toISOString() ?? null,
      }
    }),
    nextCursor: rows.length > limit && last ? writeCursor(reach, last) : null,
  }
}

async function whereReachable(reach: Reach): Promise<Prisma.UserWhereInput> {
  return {
    disabledAt: null,
    ...(reach.onlySub === null ? {} : { sub: reach.onlySub }),
    ...(reach.mode === 'test' ? await whereTester(reach, db()) : {}),
  }
}

type Position = { createdAt: Date; id: string }

function after({ createdAt, id }: Position): Prisma.ConsentWhereInput {
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
}

function writeCursor(reach: Reach, { createdAt, id }: Position): string {
  const place = Buffer.from(`${createdAt.getTime()} ${id}`)
  return Buffer.concat([sign(reach, place), place]).toString('base64url')
}

const SIGNATURE_BYTES = 12

function readCursor(reach: Reach, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url')
  const place = bytes.subarray(SIGNATURE_BYTES)
  const signature = bytes.subarray(0, SIGNATURE_BYTES)
  if (signature.length === SIGNATURE_BYTES && timingSafeEqual(signature, sign(reach, place))) {
    const [time, id = ''] = place.toString().split(' ')
    return { createdAt: new Date(Number(time)), id }
  }
  throw foreignCursor()
}

/** A cursor of another client or mode, or a made-up one, has another signature. */
function sign({ clientId, mode }: Reach, place: Buffer): Buffer {
  return hmac('connections-cursor', Buffer.concat([Buffer.from(`${clientId} ${mode} `), place])).subarray(0, SIGNATURE_BYTES)
}
