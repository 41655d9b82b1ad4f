import { mayTest } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type Fallback, findFallback } from '#lib/domains/index.ts'
import { hashToken } from './tokens.ts'

/**
 * The way back to the application from a log-in that is over: its domain's fallback address, and the client's name. An unproven host is for
 * those who may test the client. Null: none was given, or nobody knows the token any more.
 */
export async function signFallback({
  ctx,
  input,
}: {
  ctx: Ctx
  input: { token: string }
}): Promise<(Fallback & { client: string }) | null> {
  const startHash = hashToken('start', input.token)
  if (!startHash) return null
  const select = {
    redirectUri: true,
    client: { select: { id: true, teamId: true, name: true, status: true, deletedAt: true, restrictedAt: true } },
  }
  const row = await db().signToken.findUnique({ where: { startHash }, select })
  if (row?.client.status !== 'active' || row.client.deletedAt || row.client.restrictedAt) return null
  const { id: clientId, teamId, name } = row.client
  const fallback = await findFallback(clientId, row.redirectUri)
  if (!fallback) return null
  const tester = ctx.actor.kind === 'user' && (await mayTest({ clientId, teamId }, ctx.actor.userId))
  return fallback.proven || tester ? { ...fallback, client: name } : null
}
