import { db } from '#lib/db.ts'
import type { Permission } from '#lib/teams/index.ts'
import { type Change, changesOf, redact } from './changes.ts'
import type { EventRow, TeamEventRow } from './internal.ts'
import { undoOf } from './undo/registry.ts'

export type EventActor = { kind: 'user' | 'client' | 'system'; id: string | null; name: string | null; email: string | null }

/** An event as those see it who may read the log. */
export type EventDto = {
  id: string
  at: string
  actor: EventActor
  action: string
  /** `name`: what it is called, as far as that can still be told. */
  target: { type: string; id: string; name: string | null }
  /** The client that it is about. */
  client: { id: string; name: string | null } | null
  changes: Change[]
  before: unknown
  after: unknown
  ip: string | null
  userAgent: string | null
  requestId: string | null
  /** Null: it cannot be undone, or was already. `permission` is what undoing needs besides reading the log. */
  undo: { permission: Permission } | null
  undone: boolean
}

/** Rows as events, with the names of who and what they are about. */
export async function eventDtos(rows: readonly EventRow[]): Promise<EventDto[]> {
  const users = [...rows.map((row) => row.actor_user_id), ...rows.filter(isAboutPerson).map((row) => row.target_id)]
  const clients = rows.flatMap((row) => [row.client_id, row.actor_client_id])
  const [people, apps, undone] = await Promise.all([namesOfUsers(users), namesOfClients(clients), undoneOf(rows)])
  return rows.map((row) => {
    const [before, after] = [redact(row.before), redact(row.after)]
    const user = people.get(row.actor_user_id ?? '')
    const isUndone = undone.has(row.id)
    return {
      id: row.id,
      at: row.at.toISOString(),
      actor: {
        kind: row.actor_type,
        id: row.actor_user_id ?? row.actor_client_id,
        name: user?.name ?? apps.get(row.actor_client_id ?? '') ?? null,
        email: user?.email ?? null,
      },
      action: row.action,
      target: { type: row.target_type, id: row.target_id, name: nameOf(row, people, apps) },
      client: row.client_id ? { id: row.client_id, name: apps.get(row.client_id) ?? null } : null,
      changes: changesOf(before, after).filter(({ field }) => field !== 'client'),
      before,
      after,
      ip: row.ip,
      userAgent: row.user_agent,
      requestId: row.request_id,
      undo: isUndone ? null : permissionOf(row),
      undone: isUndone,
    }
  })
}

function permissionOf(row: EventRow): { permission: Permission } | null {
  const undo = isOfTeam(row) ? undoOf(row) : null
  return undo ? { permission: undo.permission } : null
}

function isOfTeam(row: EventRow): row is TeamEventRow {
  return row.team_id !== null
}

type Person = { name: string; email: string }

async function namesOfUsers(ids: (string | null)[]): Promise<Map<string, Person>> {
  const known = ids.filter((id): id is string => id !== null)
  const users = await db().user.findMany({ where: { id: { in: [...new Set(known)] } }, select: { id: true, name: true, email: true } })
  return new Map(users.map(({ id, name, email }) => [id, { name, email }]))
}

async function namesOfClients(ids: (string | null)[]): Promise<Map<string, string>> {
  const known = ids.filter((id): id is string => id !== null)
  const rows = await db().client.findMany({ where: { id: { in: [...new Set(known)] } }, select: { id: true, name: true } })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Which of these events were undone. */
async function undoneOf(rows: readonly EventRow[]): Promise<Set<string>> {
  const done = await db().auditEvent.findMany({
    where: { targetType: 'audit_event', targetId: { in: rows.map(({ id }) => id) } },
    select: { targetId: true },
  })
  return new Set(done.map(({ targetId }) => targetId))
}

function isAboutPerson({ target_type: type }: EventRow): boolean {
  return type === 'member' || type === 'user'
}

function nameOf(row: EventRow, people: Map<string, Person>, apps: Map<string, string>): string | null {
  if (isAboutPerson(row)) return people.get(row.target_id)?.name ?? null
  if (row.target_type === 'client') return apps.get(row.target_id) ?? null
  const said = { ...row.before, ...row.after } as Record<string, unknown>
  const hint = typeof said.hint === 'string' ? `…${said.hint}` : undefined
  const name = said.name ?? said.title ?? said.host ?? said.uri ?? said.email ?? hint ?? said.action ?? said.primary ?? said.plan
  return typeof name === 'string' ? name : null
}
