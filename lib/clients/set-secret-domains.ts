import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { listClientDomains } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type SecretDto, secretDto } from './dto.ts'
import { findSecret } from './internal.ts'
import { type SetSecretDomainsInput, setSecretDomainsInput } from './schemas.ts'

/**
 * Restricts a secret to some of its client's domains, or with none to nothing: then it works on all. Holds from the next request on.
 * Needs `secrets.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (a domain is not this client's), conflict (it no
 *   longer works)
 */
export async function setSecretDomains({ ctx, input }: { ctx: Ctx; input: SetSecretDomainsInput }): Promise<SecretDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'secrets.manage' })
  const { clientId, secretId, domainIds } = parseInput(setSecretDomainsInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'secrets.manage' }, tx, { lock: true })
    const secret = await findSecret(tx, client, secretId)
    if (!secret) throw new AppError('not_found', { message: 'There is no such secret.' })
    const before = secretDto(secret)
    if (before.state === 'revoked' || before.state === 'expired')
      throw new AppError('conflict', { message: 'This secret no longer works.', params: { reason: 'secret_dead' } })

    const hosts = new Map((await listClientDomains(tx, client)).map(({ id, host }) => [id, host]))
    if (!domainIds.every((id) => hosts.has(id))) {
      const message = 'Not a domain of this client'
      throw new AppError('validation_failed', { message, fields: [{ path: 'domainIds', message, code: 'unknown_domain' }] })
    }
    if (JSON.stringify(before.domainIds) === JSON.stringify([...domainIds].sort())) return before

    const domains = { deleteMany: {}, create: domainIds.map((domainId) => ({ domainId })) }
    const row = await tx.clientSecret.update({ where: { id: secret.id }, data: { domains }, include: { domains: true } })
    const named = (ids: string[]) => ids.map((id) => hosts.get(id) ?? id)
    await recordAudit(tx, ctx, {
      action: 'secret.restricted',
      teamId: client.teamId,
      target: { type: 'secret', id: secret.id },
      before: { client: client.id, hint: secret.hint, domains: named(before.domainIds) },
      after: { client: client.id, hint: secret.hint, domains: named(domainIds) },
    })
    return secretDto(row)
  })
}
