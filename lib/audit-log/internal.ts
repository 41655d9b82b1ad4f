import { placeInTime, readCursor, writeCursor } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import type { Access } from '#lib/teams/index.ts'
import type { EventFilter } from './schemas.ts'

export type EventRow = {
  id: string
  at: Date
  team_id: string | null
  actor_type: 'user' | 'client' | 'system'
  actor_user_id: string | null
  actor_client_id: string | null
  action: string
  target_type: string
  target_id: string
  client_id: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
}

/** An event of a team's log: only these can be undone. */
export type TeamEventRow = EventRow & { team_id: string }

/** Whose log is read: a team's, as far as the actor may, or the installation's. */
export type LogOf = Pick<Access, 'teamId' | 'clientIds'> | 'installation'

type Filter = Omit<EventFilter, 'teamId' | 'from' | 'to'> & { from?: Date | undefined; to?: Date | undefined }

/**
 * Which events are in a team's log, as far as the actor may see it: a member limited to chosen clients sees what is about those. What people allowed
 * the team's clients is theirs, not the team's.
 */
function ofTeam({ teamId, clientIds }: Exclude<LogOf, 'installation'>): Prisma.Sql[] {
  // The index is partial on exactly this text.
  const all = [Prisma.sql`team_id = ${teamId}`, Prisma.sql`action NOT LIKE 'consent.%'`]
  if (clientIds) all.push(Prisma.sql`client_id = ANY(${[...clientIds]})`)
  return all
}

/**
 * Which events are in the installation's log: those of no team, without what people do with their own account, which is theirs. That somebody
 * became an operator is the installation's.
 */
function ofInstallation(): Prisma.Sql[] {
  // The index is partial on exactly this text.
  return [Prisma.sql`team_id IS NULL`, Prisma.sql`(action !~ '^(address|consent|session|user)[.]' OR (after ->> 'operator') = 'true')`]
}

function conditions(of: LogOf, { actor, action, target, from, to }: Filter): Prisma.Sql[] {
  const all = of === 'installation' ? ofInstallation() : ofTeam(of)
  if (actor === 'system') all.push(Prisma.sql`actor_type = 'system'`)
  else if (actor) all.push(Prisma.sql`(actor_user_id = ${actor} OR actor_client_id = ${actor})`)
  if (action) all.push(action.includes('.') ? Prisma.sql`action = ${action}` : Prisma.sql`starts_with(action, ${`${action}.`})`)
  if (target) all.push(Prisma.sql`(target_id = ${target} OR client_id = ${target})`)
  if (from) all.push(Prisma.sql`at >= ${from}`)
  if (to) all.push(Prisma.sql`at < ${to}`)
  return all
}

/** Events of a log, newest first, after the one that `cursor` names. @throws AppError validation_failed (cursor) */
export function findEvents(of: LogOf, filter: Filter, limit: number, cursor?: string): Promise<EventRow[]> {
  return db().$queryRaw<EventRow[]>(eventsQuery(of, filter, limit, cursor))
}

/** What {@link findEvents} asks the database. */
export function eventsQuery(of: LogOf, filter: Filter, limit: number, cursor?: string): Prisma.Sql {
  const all = conditions(of, filter)
  if (cursor) {
    const [at, id] = readCursor(cursor, placeInTime)
    all.push(Prisma.sql`(at, id) < (${at}, ${id})`)
  }
  return Prisma.sql`
    SELECT id, at, team_id, actor_type::text, actor_user_id, actor_client_id, action, target_type, target_id, client_id,
      before, after, ip, user_agent, request_id
    FROM audit_events WHERE ${Prisma.join(all, ' AND ')} ORDER BY at DESC, id DESC LIMIT ${limit}`
}

/** One event of a team's log that the actor may see, or null. */
export async function findEvent(access: Access, eventId: string): Promise<TeamEventRow | null> {
  const all = [...ofTeam(access), Prisma.sql`id = ${eventId}`]
  const [row] = await db().$queryRaw<TeamEventRow[]>`
    SELECT id, at, team_id, actor_type::text, actor_user_id, actor_client_id, action, target_type, target_id, client_id,
      before, after, ip, user_agent, request_id
    FROM audit_events WHERE ${Prisma.join(all, ' AND ')}`
  return row ?? null
}

/** Names the last event of a page, for the next one. */
export function cursorOf({ at, id }: EventRow): string {
  return writeCursor([at, id])
}
