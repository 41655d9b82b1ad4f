import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import {
  type SetExchangeSourcesInput,
  type SetIntrospectorsInput,
  setExchangeSourcesInput,
  setIntrospectorsInput,
} from './protocol-schemas.ts'

export type ClientPartner = { id: string; name: string | null }

/**
 * Names the clients (resource servers) that may introspect a client's tokens; they replace the former ones. Theirs may be another team:
 * whoever knows a client's id may name it, and learns nothing about it. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (an unknown id, a public client)
 */
export async function setIntrospectors({ ctx, input }: { ctx: Ctx; input: SetIntrospectorsInput }): Promise<{ partnerIds: string[] }> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, partnerIds } = parseInput(setIntrospectorsInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    const others = partnerIds.filter((id) => id !== client.id)
    await checkPartners(tx, others, 'partnerIds')
    const before = await tx.introspectionPartner.findMany({ where: { clientId }, orderBy: { partnerId: 'asc' } })
    await tx.introspectionPartner.deleteMany({ where: { clientId } })
    await tx.introspectionPartner.createMany({ data: others.map((partnerId) => ({ clientId, partnerId })) })
    await recordAudit(tx, ctx, {
      action: 'client.introspectors_changed',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { partners: before.map(({ partnerId }) => partnerId) },
      after: { partners: others },
    })
    return { partnerIds: others }
  })
}

/**
 * Names the clients of the same team whose access tokens this client may exchange for its own (RFC 8693); they replace the former ones.
 * The actor needs `clients.update` for both sides.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function setExchangeSources(args: { ctx: Ctx; input: SetExchangeSourcesInput }): Promise<{ subjectClientIds: string[] }> {
  const { ctx, input } = args
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, subjectClientIds } = parseInput(setExchangeSourcesInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    if (client.type === 'public' && subjectClientIds.length > 0) {
      throw refused('subjectClientIds', 'A public client cannot prove itself, so it may not exchange tokens', 'exchange_public')
    }
    const others = subjectClientIds.filter((id) => id !== client.id)
    await checkPartners(tx, others, 'subjectClientIds', client.teamId)
    for (const subject of others) await authorizeClient(ctx, { clientId: subject, permission: 'clients.update' }, tx)
    const before = await tx.tokenExchangePair.findMany({ where: { clientId }, orderBy: { subjectClientId: 'asc' } })
    await tx.tokenExchangePair.deleteMany({ where: { clientId } })
    await tx.tokenExchangePair.createMany({ data: others.map((subjectClientId) => ({ clientId, subjectClientId })) })
    await recordAudit(tx, ctx, {
      action: 'client.exchange_sources_changed',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { clients: before.map(({ subjectClientId }) => subjectClientId) },
      after: { clients: others },
    })
    return { subjectClientIds: others }
  })
}

async function checkPartners(tx: Db, ids: string[], field: string, teamId?: string): Promise<void> {
  const found = await tx.client.findMany({
    where: { id: { in: ids }, deletedAt: null, ...(teamId ? { teamId } : {}) },
    select: { id: true, type: true },
  })
  for (const id of ids) {
    const partner = found.find((row) => row.id === id)
    if (!partner) throw refused(field, `There is no client ${id}`, 'partner_unknown', { id: id.slice(0, 60) })
    // Naming a public client would let everybody in who knows its id.
    if (!teamId && partner.type === 'public') throw refused(field, `${id} is a public client`, 'partner_public', { id })
  }
}

function refused(path: string, message: string, code: string, params: Record<string, string> = {}): AppError {
  return new AppError('validation_failed', { message, fields: [{ path, message, code, params }] })
}
