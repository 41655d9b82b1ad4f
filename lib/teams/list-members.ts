import * as z from 'zod'
import type { Ctx } from '#lib/context.ts'
import { foreignCursor, placeId, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { likePattern } from '#lib/search.ts'
import { authorizeMember } from './authorize.ts'
import { findSummaries, type MemberSummary } from './member-summary.ts'
import { type ListMembersInput, listMembersInput } from './schemas.ts'

/**
 * One page of a team's members, by when they joined or by name; `search` finds part of a name or (for those who see them) an address. Addresses and
 * when someone was last seen are for `members.manage`; a member limited to chosen clients sees only themselves.
 * @throws AppError unauthenticated, not_found, validation_failed (cursor)
 */
export async function listMembers({
  ctx,
  input,
}: {
  ctx: Ctx
  input: ListMembersInput
}): Promise<{ members: MemberSummary[]; nextCursor: string | null }> {
  const access = await authorizeMember(ctx, input.teamId)
  const { search, roleId, sort, limit, cursor } = parseInput(listMembersInput, input)
  const manages = access.clientIds === null && access.permissions.includes('members.manage')
  const conditions = [Prisma.sql`m.team_id = ${access.teamId}`]
  if (access.clientIds) conditions.push(Prisma.sql`m.user_id = ${access.userId}`)
  if (roleId) conditions.push(Prisma.sql`m.role_id = ${roleId}`)
  if (search) {
    const like = likePattern(search)
    conditions.push(manages ? Prisma.sql`(u.name ILIKE ${like} OR u.email ILIKE ${like})` : Prisma.sql`u.name ILIKE ${like}`)
  }
  if (cursor) conditions.push(after(cursor, sort))

  // Names compare without regard to case, which Prisma cannot order by.
  const order = sort === 'name' ? Prisma.sql`lower(u.name), m.user_id` : Prisma.sql`m.created_at, m.user_id`
  const rows = await db().$queryRaw<{ user_id: string; position: string }[]>`
    SELECT m.user_id, ${sort === 'name' ? Prisma.sql`lower(u.name)` : Prisma.sql`to_json(m.created_at AT TIME ZONE 'UTC') #>> '{}'`} AS position
    FROM members m JOIN users u ON u.id = m.user_id
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY ${order} LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    members: await findSummaries(
      access,
      page.map((row) => row.user_id),
    ),
    nextCursor: rows.length > limit && last ? writeCursor([sort, last.position, last.user_id]) : null,
  }
}

const place = z.tuple([z.enum(['joined', 'name']), z.string().max(400), placeId])

function after(cursor: string, sort: 'joined' | 'name'): Prisma.Sql {
  const [by, position, userId] = readCursor(cursor, place)
  const joined = new Date(`${position}Z`)
  if (by !== sort || position.includes('\0') || (sort === 'joined' && Number.isNaN(joined.getTime()))) throw foreignCursor()
  if (sort === 'name') return Prisma.sql`(lower(u.name), m.user_id) > (${position}, ${userId})`
  return Prisma.sql`(m.created_at, m.user_id) > (${joined}::timestamptz, ${userId})`
}
