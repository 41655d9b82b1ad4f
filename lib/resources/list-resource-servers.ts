import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorize, type Permission } from '#lib/teams/index.ts'
import { type ResourceServerDto, resourceServerDto } from './internal.ts'

/** The resource servers of a team. Needs `clients.read`. @throws AppError unauthenticated, not_found, permission_denied */
export async function listResourceServers(args: {
  ctx: Ctx
  input: { teamId: string }
}): Promise<{ resourceServers: ResourceServerDto[]; permissions: readonly Permission[] }> {
  const { teamId } = args.input
  const { permissions } = await authorize(args.ctx, { teamId, permission: 'clients.read' })
  const rows = await db().resourceServer.findMany({ where: { teamId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 100 })
  return { resourceServers: rows.map(resourceServerDto), permissions }
}
