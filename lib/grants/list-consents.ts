import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'

export type ConnectedApp = {
  clientId: string
  name: string
  logoUri: string | null
  scopes: string[]
  since: Date
  lastLoginAt: Date | null
}

/** The applications that the acting person has allowed something, newest first. @throws AppError unauthenticated. */
export async function listConsents({ ctx }: { ctx: Ctx }): Promise<ConnectedApp[]> {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated')
  const rows = await db().consent.findMany({
    where: { userId: ctx.actor.userId, client: { deletedAt: null } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { clientId: true, scopes: true, createdAt: true, lastLoginAt: true, client: { select: { name: true, logoUri: true } } },
  })
  return rows.map(({ clientId, scopes, createdAt, lastLoginAt, client }) => ({
    clientId,
    name: client.name,
    logoUri: client.logoUri,
    scopes,
    since: createdAt,
    lastLoginAt,
  }))
}
