import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { planOf } from '#lib/plans/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type ProtocolSettings, protocolSettings, type TokenPolicy, tokenPolicy } from './protocol-dto.ts'
import type { ClientPartner } from './set-partners.ts'

export type ClientProtocol = {
  settings: ProtocolSettings
  policy: TokenPolicy
  /** The most that the plan lets a family of tokens live. */
  maxRefreshDays: number
  /** Those of other teams without their names. */
  introspectors: ClientPartner[]
  exchangeSources: ClientPartner[]
  /** The team's other clients, to choose from. */
  siblings: { id: string; name: string; type: 'confidential' | 'public' }[]
}

/** How a client speaks the protocol and how long its tokens live. Needs `clients.read`. @throws AppError unauthenticated, not_found, permission_denied */
export async function getClientProtocol({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<ClientProtocol> {
  const { client, clientIds } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  const { id: clientId, teamId } = client
  const named = { select: { id: true, name: true, teamId: true } }
  const [plan, partners, sources, siblings] = await Promise.all([
    planOf(teamId),
    db().introspectionPartner.findMany({ where: { clientId, partner: { deletedAt: null } }, select: { partner: named } }),
    db().tokenExchangePair.findMany({ where: { clientId, subject: { deletedAt: null } }, select: { subject: named } }),
    db().client.findMany({
      where: { teamId, deletedAt: null, id: { not: clientId, ...(clientIds ? { in: [...clientIds] } : {}) } },
      select: { id: true, name: true, type: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: 100,
    }),
  ])
  const told = (row: { id: string; name: string; teamId: string }) => ({ id: row.id, name: row.teamId === teamId ? row.name : null })
  return {
    settings: protocolSettings(client),
    policy: tokenPolicy(client),
    maxRefreshDays: plan?.maxRefreshDays ?? 90,
    introspectors: partners.map(({ partner }) => told(partner)),
    exchangeSources: sources.map(({ subject }) => told(subject)),
    siblings,
  }
}
