import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type DomainDto, domainAudit, domainDto } from './dto.ts'
import { findDomain } from './internal.ts'
import { type AllowAddressInput, allowAddressInput, MAX_ALLOWLIST } from './schemas.ts'

/**
 * Adds one address to the IP allowlist of a client's domain, whatever else it holds by now. An empty list lets everyone in, so it stays
 * empty. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached
 */
export async function allowAddress({ ctx, input }: { ctx: Ctx; input: AllowAddressInput }): Promise<DomainDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, host, address } = parseInput(allowAddressInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const before = await findDomain(tx, client, { host })
    if (!before) throw new AppError('not_found', { message: 'The client has no such domain.' })
    if (before.ipAllowlist.length === 0 || before.ipAllowlist.includes(address)) return domainDto(before)
    if (before.ipAllowlist.length >= MAX_ALLOWLIST) {
      throw new AppError('limit_reached', { message: 'The allowlist is full.', params: { what: 'allowlist', limit: MAX_ALLOWLIST } })
    }
    const after = await tx.domain.update({ where: { id: before.id }, data: { ipAllowlist: [...before.ipAllowlist, address] } })
    const list = (row: typeof after) => ({ host: row.host, ipAllowlist: domainAudit(row).ipAllowlist })
    const target = { type: 'domain', id: before.id }
    await recordAudit(tx, ctx, { action: 'domain.changed', teamId: client.teamId, target, before: list(before), after: list(after) })
    return domainDto(after)
  })
}
