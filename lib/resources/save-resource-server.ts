import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { type ResourceServerDto, resourceServerDto } from './internal.ts'
import { type SaveResourceServerInput, saveResourceServerInput } from './schemas.ts'

const MOST = 50

/**
 * Adds a resource server to a team, or changes one. An identifier belongs to one team of the installation, since a token's audience says
 * nothing about teams; one on a host that another team has proven is not free. Needs `clients.update` for the whole team.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached
 */
export async function saveResourceServer({ ctx, input }: { ctx: Ctx; input: SaveResourceServerInput }): Promise<ResourceServerDto> {
  await authorize(ctx, { teamId: input.teamId, permission: 'clients.update' })
  const { id, teamId, ...data } = parseInput(saveResourceServerInput, input)
  return transaction(async (tx) => {
    await authorize(ctx, { teamId, permission: 'clients.update' }, tx)
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('xwms resource servers'))`
    const before = id === undefined ? null : await tx.resourceServer.findFirst({ where: { id, teamId } })
    if (id !== undefined && !before) throw new AppError('not_found', { message: 'There is no such API.' })
    if (!before && (await tx.resourceServer.count({ where: { teamId } })) >= MOST) {
      throw new AppError('limit_reached', { message: `A team has at most ${MOST} APIs.`, params: { limit: MOST, what: 'resources' } })
    }
    await checkFree(tx, data.identifier, teamId, before?.id)
    const row = before
      ? await tx.resourceServer.update({ where: { id: before.id }, data })
      : await tx.resourceServer.create({ data: { id: newId('api'), teamId, ...data } })
    await recordAudit(tx, ctx, {
      action: before ? 'resource.changed' : 'resource.created',
      teamId,
      target: { type: 'resource', id: row.id },
      ...(before ? { before: resourceServerDto(before) } : {}),
      after: resourceServerDto(row),
    })
    return resourceServerDto(row)
  })
}

async function checkFree(tx: Db, identifier: string, teamId: string, own: string | undefined): Promise<void> {
  const taken = await tx.resourceServer.findUnique({ where: { identifier }, select: { id: true } })
  const host = URL.parse(identifier)?.hostname
  const proven = host
    ? await tx.domain.findFirst({ where: { host, verifiedAt: { not: null }, client: { teamId: { not: teamId }, deletedAt: null } } })
    : null
  if ((!taken || taken.id === own) && !proven) return
  const message = 'This identifier is not free'
  throw new AppError('validation_failed', { message, fields: [{ path: 'identifier', message, code: 'identifier_taken' }] })
}
