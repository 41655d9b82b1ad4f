import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { checkVersion } from './internal.ts'
import { type UpdateClientInput, updateClientInput } from './schemas.ts'

/**
 * Gives a client another name, another description, or both; what is not given stays. With `version`, the later of two editors is told
 * instead of undoing the earlier one's change. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict
 */
export async function updateClient({ ctx, input }: { ctx: Ctx; input: UpdateClientInput }): Promise<ClientDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, version, ...wanted } = parseInput(updateClientInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    checkVersion(client, version)
    const { name = client.name, description = client.description } = wanted
    const renamed = name !== client.name
    const described = description !== client.description
    if (!renamed && !described) return clientDto(client)
    const row = await tx.client.update({ where: { id: client.id }, data: { name, description, version: { increment: 1 } } })
    const event = { teamId: client.teamId, target: { type: 'client', id: client.id } }
    if (renamed) await recordAudit(tx, ctx, { ...event, action: 'client.renamed', before: { name: client.name }, after: { name } })
    if (described) {
      const before = { description: client.description }
      await recordAudit(tx, ctx, { ...event, action: 'client.described', before, after: { description } })
    }
    return clientDto(row)
  })
}
