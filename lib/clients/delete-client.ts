import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { endClientTokens } from '#lib/grants/index.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { checkVersion } from './internal.ts'
import { type DeleteClientInput, deleteClientInput } from './schemas.ts'

/** How much went with the client. */
export type DeletedClient = { id: string; name: string; secrets: number; consents: number; tokens: number }

/**
 * Deletes a client with its secrets, consents, tokens and grants, at once and in one transaction. The row stays, marked, without
 * anything that could be used, and can be restored for 30 days. With `name`, the person must have typed it right. Needs `clients.delete`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict
 */
export async function deleteClient({ ctx, input }: { ctx: Ctx; input: DeleteClientInput }): Promise<DeletedClient> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.delete' })
  const { clientId, name, version } = parseInput(deleteClientInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.delete' }, tx, { lock: true })
    checkVersion(client, version)
    if (name !== undefined && name.trim().normalize() !== client.name) {
      const message = "This is not the client's name"
      throw new AppError('validation_failed', { message, fields: [{ path: 'name', message, code: 'name_mismatch' }] })
    }
    await tx.client.update({ where: { id: client.id }, data: { deletedAt: new Date(), creationKey: null, version: { increment: 1 } } })
    const secrets = await tx.clientSecret.deleteMany({ where: { clientId: client.id } })
    const consents = await tx.consent.deleteMany({ where: { clientId: client.id } })
    const tokens = await endClientTokens(tx, client.id)
    const gone = { secrets: secrets.count, consents: consents.count, tokens }
    await recordAudit(tx, ctx, {
      action: 'client.deleted',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { name: client.name, type: client.type, status: client.status },
      after: gone,
    })
    return { id: client.id, name: client.name, ...gone }
  })
}
