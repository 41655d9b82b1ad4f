import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type DomainDto, domainDto } from './dto.ts'
import { findDomain } from './internal.ts'
import { domainRef } from './schemas.ts'

/**
 * Makes one of a client's domains its primary one: where client-credentials tokens go without `X-Client-Domain`. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function setPrimaryDomain({ ctx, input }: { ctx: Ctx; input: z.input<typeof domainRef> }): Promise<DomainDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, domainId } = parseInput(domainRef, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const domain = await findDomain(tx, client, { id: domainId })
    if (!domain) throw new AppError('not_found', { message: 'There is no such domain.' })
    if (domain.isPrimary) return domainDto(domain)
    const previous = await tx.domain.findFirst({ where: { clientId: client.id, isPrimary: true } })
    // In this order: the database allows one primary domain a client.
    await tx.domain.updateMany({ where: { clientId: client.id, isPrimary: true }, data: { isPrimary: false } })
    const row = await tx.domain.update({ where: { id: domain.id }, data: { isPrimary: true } })
    await recordAudit(tx, ctx, {
      action: 'domain.made_primary',
      teamId: client.teamId,
      target: { type: 'domain', id: row.id },
      clientId: client.id,
      before: { primary: previous?.host ?? null },
      after: { primary: row.host },
    })
    return domainDto(row)
  })
}
