import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { domainAudit } from './dto.ts'
import { findDomain, listClientDomains } from './internal.ts'
import { domainRef } from './schemas.ts'

export type RemovedDomain = { id: string; host: string; removedRedirectUris: number; newPrimary: string | null }

/**
 * Removes a domain and its redirect URIs. If it was the primary one, the oldest of the others becomes it; the last one stays, since
 * nothing would work without. A domain that some secret is restricted to stays as well. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, conflict with `params.reason` last_domain or linked_secrets
 */
export async function removeDomain({ ctx, input }: { ctx: Ctx; input: z.input<typeof domainRef> }): Promise<RemovedDomain> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, domainId } = parseInput(domainRef, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const domain = await findDomain(tx, client, { id: domainId })
    if (!domain) throw new AppError('not_found', { message: 'There is no such domain.' })
    const others = (await listClientDomains(tx, client)).filter(({ id }) => id !== domain.id)
    const [next] = others
    if (!next)
      throw new AppError('conflict', {
        message: 'A client keeps at least one domain: add another first.',
        params: { reason: 'last_domain' },
      })

    // Its links go with it, and a secret without links works everywhere: removing a domain must not widen a secret.
    const narrowed = await tx.clientSecret.count({
      where: { clientId: client.id, revokedAt: null, domains: { some: { domainId: domain.id }, every: { domainId: domain.id } } },
    })
    if (narrowed > 0) {
      throw new AppError('conflict', {
        message: 'A secret works on this domain only: revoke it first.',
        params: { reason: 'linked_secrets' },
      })
    }

    const uris = await tx.redirectUri.findMany({ where: { clientId: client.id, domainId: domain.id }, select: { uri: true, kind: true } })
    const urisOf = (wanted: 'login' | 'logout') => uris.filter(({ kind }) => kind === wanted).map(({ uri }) => uri)
    await tx.domain.delete({ where: { id: domain.id } })
    if (domain.isPrimary) await tx.domain.update({ where: { id: next.id }, data: { isPrimary: true } })
    await recordAudit(tx, ctx, {
      action: 'domain.removed',
      teamId: client.teamId,
      target: { type: 'domain', id: domain.id },
      before: { client: client.id, ...domainAudit(domain), redirectUris: urisOf('login'), logoutRedirectUris: urisOf('logout') },
    })
    return { id: domain.id, host: domain.host, removedRedirectUris: uris.length, newPrimary: domain.isPrimary ? next.host : null }
  })
}
