import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { type RenameClientInput, renameClientInput } from './schemas.ts'

/**
 * Gives a client another name. With `version`, the later of two editors is told instead of undoing the earlier one's change. Needs
 * `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict
 */
export async function renameClient({ ctx, input }: { ctx: Ctx; input: RenameClientInput }): Promise<ClientDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, name, version } = parseInput(renameClientInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    if (version !== undefined && version !== client.version) {
      throw new AppError('conflict', {
        message: 'Someone else changed this client meanwhile.',
        params: { reason: 'version', name: client.name },
      })
    }
    if (name === client.name) return clientDto(client)
    const row = await tx.client.update({ where: { id: client.id }, data: { name, version: { increment: 1 } } })
    const target = { type: 'client', id: client.id }
    await recordAudit(tx, ctx, { action: 'client.renamed', teamId: client.teamId, target, before: { name: client.name }, after: { name } })
    return clientDto(row)
  })
}
