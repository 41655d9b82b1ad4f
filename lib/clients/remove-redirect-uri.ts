import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type RedirectUriDto, redirectUriDto } from './dto.ts'
import { findRedirectUri } from './internal.ts'
import { redirectUriRef } from './schemas.ts'

/** Removes a redirect URI: log-in no longer returns there. Needs `domains.manage`. @throws AppError unauthenticated, not_found, permission_denied */
export async function removeRedirectUri({ ctx, input }: { ctx: Ctx; input: z.input<typeof redirectUriRef> }): Promise<RedirectUriDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, redirectUriId } = parseInput(redirectUriRef, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const row = await findRedirectUri(tx, client, redirectUriId)
    if (!row) throw new AppError('not_found', { message: 'There is no such redirect URI.' })
    await tx.redirectUri.delete({ where: { id: row.id } })
    const before = { client: client.id, uri: row.uri, kind: row.kind, domain: row.domain?.host ?? null }
    await recordAudit(tx, ctx, {
      action: 'redirect_uri.removed',
      teamId: client.teamId,
      target: { type: 'redirect_uri', id: row.id },
      before,
    })
    return redirectUriDto(row)
  })
}
