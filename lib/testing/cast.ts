import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { newId, newSub } from '#lib/ids.ts'
import type { Permission } from '#lib/teams/index.ts'
import { createPersonalTeam } from '#lib/teams/index.ts'

type Roles = 'owner' | 'admin' | 'developer' | 'viewer'

/** A team and everyone a verb must tell apart, for tests. */
export type Cast = {
  teamId: string
  owner: Ctx
  admin: Ctx
  developer: Ctx
  viewer: Ctx
  /** Owner of another team. */
  stranger: Ctx
  strangerTeamId: string
  nobody: Ctx
  system: Ctx
}

/** A context for tests. */
export function testContext(actor: Ctx['actor']): Ctx {
  return { actor, requestId: 'req_test', ip: '203.0.113.9', userAgent: 'vitest', locale: 'en' }
}

/** A new user, as a context that acts as them. */
export async function makeUser(name: string): Promise<Ctx & { userId: string; email: string }> {
  const id = newId('usr')
  const email = `${name}-${id.slice(4)}@example.test`.toLowerCase()
  const { sub } = await db().user.create({ data: { id, sub: newSub(), email, name } })
  return { ...testContext({ kind: 'user', userId: id, sub, email, isOperator: false, sessionId: 'ses_test' }), userId: id, email }
}

/** A new user who runs the installation. */
export async function makeOperator(): Promise<Ctx & { userId: string }> {
  const user = await makeUser('operator')
  await db().user.update({ where: { id: user.userId }, data: { isOperator: true } })
  return user.actor.kind === 'user' ? { ...user, actor: { ...user.actor, isOperator: true } } : user
}

/** A member of `teamId` with exactly these permissions, optionally for some clients only. */
export async function makeMember(teamId: string, permissions: Permission[], clientIds?: string[]): Promise<Ctx & { userId: string }> {
  const user = await makeUser('member')
  const key = `custom-${user.userId}`
  const role = await db().role.create({ data: { id: newId('rol'), teamId, key, name: key, permissions } })
  await db().member.create({ data: { teamId, userId: user.userId, roleId: role.id, limitedClients: clientIds !== undefined } })
  for (const clientId of clientIds ?? []) await db().memberClient.create({ data: { teamId, userId: user.userId, clientId } })
  return user
}

/** A bare client row of `teamId`, without domains. */
export async function makeClientRow(teamId: string): Promise<string> {
  const id = newId('cl')
  await db().client.create({ data: { id, teamId, name: 'A client', grantTypes: [], tokenEndpointAuthMethod: 'none' } })
  return id
}

async function makeTeam(name: string): Promise<{ teamId: string; owner: Ctx }> {
  const owner = await makeUser(name)
  const { id } = await transaction((tx) => createPersonalTeam(tx, owner, { userId: owner.userId, name }))
  return { teamId: id, owner }
}

/** Makes a team with one person for each system role, a stranger with a team of their own, and the other actors. */
export async function makeCast(): Promise<Cast> {
  const { teamId, owner } = await makeTeam('owner')
  const other = await makeTeam('stranger')
  const inRole = async (role: Roles): Promise<Ctx> => {
    const user = await makeUser(role)
    await db().member.create({ data: { teamId, userId: user.userId, roleId: `rol_${role}` } })
    return user
  }
  return {
    teamId,
    owner,
    admin: await inRole('admin'),
    developer: await inRole('developer'),
    viewer: await inRole('viewer'),
    stranger: other.owner,
    strangerTeamId: other.teamId,
    nobody: testContext({ kind: 'nobody' }),
    system: testContext({ kind: 'system', name: 'test' }),
  }
}

/** The code of the AppError that `work` ends with, or 'ok'. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'ok'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.name === 'AppError') return String(error.code)
    throw error
  }
}
