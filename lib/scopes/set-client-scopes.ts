import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type ClientScopeDto, listClientScopes } from './internal.ts'
import { listScopes } from './list-scopes.ts'
import { checkScopeNames, type SetClientScopesInput, setClientScopesInput } from './schemas.ts'

/**
 * Replaces the scopes of a client. Tokens that were issued keep what they carry; the next log-in asks for the new ones. With `version`,
 * the later of two editors is told instead of undoing the earlier one's change. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (unknown scope; `openid` as optional), conflict
 */
export async function setClientScopes({ ctx, input }: { ctx: Ctx; input: SetClientScopesInput }): Promise<ClientScopeDto[]> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, scopes: asked, version } = parseInput(setClientScopesInput, input)
  const wanted = [...new Map(asked.map((scope) => [scope.name, scope])).values()]
  if (wanted.some(({ name, optional }) => name === 'openid' && optional)) {
    const message = 'openid cannot be optional: without it there is no log-in'
    throw new AppError('validation_failed', { message, fields: [{ path: 'scopes', message, code: 'openid_optional' }] })
  }
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    if (version !== undefined && version !== client.version) {
      throw new AppError('conflict', {
        message: 'Someone else changed this client meanwhile.',
        params: { reason: 'changed' },
      })
    }
    const known = (await listScopes(tx)).map(({ name }) => name)
    checkScopeNames(
      wanted.map(({ name }) => name),
      known,
    )
    const before = await listClientScopes(tx, client)
    await tx.clientScope.deleteMany({ where: { clientId: client.id } })
    await tx.clientScope.createMany({ data: wanted.map(({ name, optional }) => ({ clientId: client.id, scopeName: name, optional })) })
    const after = await listClientScopes(tx, client)
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      await tx.client.update({ where: { id: client.id }, data: { version: { increment: 1 } } })
      await recordAudit(tx, ctx, {
        action: 'client.scopes_changed',
        teamId: client.teamId,
        target: { type: 'client', id: client.id },
        before: { scopes: before },
        after: { scopes: after },
      })
    }
    return after
  })
}
