import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { admitOneMore } from './admit-one-more.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { restorableSince } from './purge-deleted-clients.ts'

/**
 * Brings back a client that was deleted in the last 30 days, with its domains, redirect URIs and scopes, and without credentials, tokens and
 * consents. The plan must have room for it. Needs `clients.delete`.
 * @throws AppError unauthenticated, not_found (also when it is not deleted, or too long ago), permission_denied, limit_reached
 */
export async function restoreClient({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<ClientDto> {
  return transaction(async (tx) => {
    const access = { clientId: input.clientId, permission: 'clients.delete' } as const
    const { client } = await authorizeClient(ctx, access, tx, { lock: true, deleted: true })
    if (!client.deletedAt || client.deletedAt < restorableSince()) throw new AppError('not_found', { message: 'There is no such client.' })
    await admitOneMore(tx, ctx, client.teamId)
    const row = await tx.client.update({ where: { id: client.id }, data: { deletedAt: null, version: { increment: 1 } } })
    await recordAudit(tx, ctx, {
      action: 'client.restored',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { deletedAt: client.deletedAt.toISOString() },
      after: { name: client.name, status: client.status },
    })
    return clientDto(row)
  })
}
