import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorize, authorizeClient } from '#lib/teams/index.ts'
import { admitOneMore } from './admit-one-more.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { checkVersion } from './internal.ts'
import { type TransferClientInput, transferClientInput } from './schemas.ts'

/**
 * Gives a client to another team: its credentials, tokens and users go on working, its members change. The plan of that team must have room for
 * it, and counts its requests from now on. Needs `clients.delete` in its team and `clients.create` in the other.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict (`version`, `same_team`), limit_reached
 */
export async function transferClient({ ctx, input }: { ctx: Ctx; input: TransferClientInput }): Promise<ClientDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.delete' })
  const { clientId, toTeamId, version } = parseInput(transferClientInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.delete' }, tx, { lock: true })
    await authorize(ctx, { teamId: toTeamId, permission: 'clients.create' }, tx)
    checkVersion(client, version)
    if (toTeamId === client.teamId) {
      throw new AppError('conflict', { message: 'The client belongs to this team already.', params: { reason: 'same_team' } })
    }
    const to = await admitOneMore(tx, ctx, toTeamId)
    const from = await tx.team.findUniqueOrThrow({ where: { id: client.teamId }, select: { id: true, name: true } })
    // Roles that were limited to it were of the old team.
    await tx.memberClient.deleteMany({ where: { clientId } })
    // So was who may exchange or look into its tokens: that is for the new team to say.
    await tx.tokenExchangePair.deleteMany({ where: { OR: [{ clientId }, { subjectClientId: clientId }] } })
    await tx.introspectionPartner.deleteMany({ where: { clientId } })
    const row = await tx.client.update({ where: { id: clientId }, data: { teamId: to.id, creationKey: null, version: { increment: 1 } } })
    const target = { type: 'client', id: clientId }
    const change = { target, before: { team: from.id, teamName: from.name }, after: { team: to.id, teamName: to.name, name: client.name } }
    await recordAudit(tx, ctx, { ...change, action: 'client.transferred', teamId: from.id })
    await recordAudit(tx, ctx, { ...change, action: 'client.received', teamId: to.id })
    return clientDto(row)
  })
}
