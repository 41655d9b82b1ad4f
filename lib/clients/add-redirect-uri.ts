import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { attachRedirectUri } from './attach-redirect-uri.ts'
import type { RedirectUriDto } from './dto.ts'
import { type AddRedirectUriInput, addRedirectUriInput } from './schemas.ts'

/**
 * Adds an exact address that log-in, or log-out, may return to. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (field `uri`, with the reason as code), limit_reached
 */
export async function addRedirectUri({ ctx, input }: { ctx: Ctx; input: AddRedirectUriInput }): Promise<RedirectUriDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, uri, kind } = parseInput(addRedirectUriInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const added = await attachRedirectUri(tx, ctx, client, { uri, kind, field: 'uri' })
    const after = { client: client.id, uri, kind, domain: added.domain?.host ?? null }
    await recordAudit(tx, ctx, {
      action: 'redirect_uri.added',
      teamId: client.teamId,
      target: { type: 'redirect_uri', id: added.id },
      after,
    })
    return added
  })
}
