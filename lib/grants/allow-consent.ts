import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { endUserTokens } from './end-tokens.ts'

const names = z.array(z.string().max(100)).max(100)
const schema = z.object({
  clientId: z.string().max(100),
  scopes: names,
  /** Optional scopes that the person declined. Those that the client requires are neither declined nor allowed by it. */
  declined: names.default([]),
  /** Single claims beyond those of the scopes. */
  claims: names.default([]),
  /** Scopes of resource servers: "IDENTIFIER SCOPE". */
  resourceScopes: z.array(z.string().max(2_200)).max(100).default([]),
})

/**
 * Records that the acting user allows a client these scopes, on top of what was allowed before, and declines those. Only the user
 * themself can. Scopes the client does not have are left out: the owner may have removed one while the page was open. Declining what
 * was allowed before ends the tokens that may carry it.
 * @throws AppError unauthenticated, not_found.
 */
export async function allowConsent({
  ctx,
  input,
}: {
  ctx: Ctx
  input: z.input<typeof schema>
}): Promise<{ scopes: string[]; declined: string[] }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const { clientId, scopes: asked, declined: refused, claims: moreClaims, resourceScopes: moreResources } = schema.parse(input)

  return transaction(async (tx) => {
    const client = await tx.client.findFirst({
      where: { id: clientId, deletedAt: null, status: 'active', restrictedAt: null },
      select: { teamId: true, scopes: { select: { scopeName: true, optional: true } } },
    })
    if (!client) throw new AppError('not_found')
    const own = new Map(client.scopes.map(({ scopeName, optional }) => [scopeName, optional]))
    const no = new Set(refused.filter((scope) => own.get(scope) && !asked.includes(scope)))
    const yes = asked.filter((scope) => own.has(scope))
    const key = { userId_clientId: { userId: actor.userId, clientId } }
    const before = await tx.consent.findUnique({ where: key, select: { scopes: true, declined: true, claims: true, resourceScopes: true } })
    const scopes = union(before?.scopes, yes).filter((scope) => !no.has(scope))
    const declined = union(before?.declined, no).filter((scope) => !yes.includes(scope))
    const claims = union(before?.claims, moreClaims)
    const resourceScopes = union(before?.resourceScopes, moreResources)
    await tx.consent.upsert({
      where: key,
      create: { id: newId('con'), userId: actor.userId, clientId, scopes, declined, claims, resourceScopes },
      update: { scopes, declined, claims, resourceScopes },
    })
    if (before?.scopes.some((scope) => no.has(scope))) await endUserTokens(tx, actor.sub, clientId)
    await recordAudit(tx, ctx, {
      action: 'consent.allowed',
      teamId: client.teamId,
      target: { type: 'client', id: clientId },
      before: { scopes: before?.scopes ?? [], ...(before?.declined.length ? { declined: before.declined } : {}) },
      after: {
        scopes,
        ...(declined.length > 0 ? { declined } : {}),
        ...(claims.length > 0 ? { claims } : {}),
        ...(resourceScopes.length > 0 ? { resourceScopes } : {}),
      },
    })
    return { scopes, declined }
  })
}

function union(before: readonly string[] | undefined, more: Iterable<string>): string[] {
  return [...new Set([...(before ?? []), ...more])].sort()
}
