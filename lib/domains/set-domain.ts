import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, type Prisma, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type DomainDto, domainAudit, domainDto } from './dto.ts'
import { isLocalHost } from './host.ts'
import { addDomain, type ClientRef, findDomain, type NewDomain } from './internal.ts'
import { type SetDomainInput, setDomainInput } from './schemas.ts'

/**
 * Changes what is given of a client's domain, adding it (active, login and API allowed, test mode) when it is new. Needs
 * `domains.manage`; `verified` is for the system. Live mode on an unverified domain is accepted (the gate refuses until it is
 * verified), but not on a local host: nobody could ever verify it. The system may set that too. With `updatedAt`, the later of two
 * editors is told instead of undoing the earlier one's change.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached, conflict
 */
export async function setDomain({ ctx, input }: { ctx: Ctx; input: SetDomainInput }): Promise<DomainDto & { added: boolean }> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, host, verified, updatedAt, ...changes } = parseDomainChange(ctx, input)

  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const before = await findDomain(tx, client, { host })
    if (updatedAt !== undefined && before?.updatedAt.toISOString() !== updatedAt) {
      throw new AppError('conflict', { message: 'Someone else changed this domain meanwhile.', params: { reason: 'changed' } })
    }
    const data = { ...changes, ...(verified === undefined ? {} : verification(ctx, verified, before)) }
    if (!before) return { ...(await addDomain(tx, ctx, client, { host, ...defined(data) })), added: true }
    return { ...(await change(tx, ctx, client, before, defined(data))), added: false }
  })
}

/** The change that `input` asks for, as the actor may ask for it. @throws AppError validation_failed */
export function parseDomainChange({ actor }: Ctx, input: SetDomainInput) {
  const change = parseInput(setDomainInput, input)
  const system = actor.kind === 'system'
  if (change.verified !== undefined && !system)
    throw invalid('verified', 'Only the installation itself says that a domain is verified', 'system_only')
  if (change.mode === 'live' && isLocalHost(change.host) && !system)
    throw invalid('mode', 'A local host works in test mode only', 'local_live')
  return change
}

type DomainRow = Prisma.DomainGetPayload<object>

async function change(tx: Db, ctx: Ctx, client: ClientRef, before: DomainRow, data: Partial<NewDomain>): Promise<DomainDto> {
  const after = await tx.domain.update({ where: { id: before.id }, data })
  const [was, is] = [domainAudit(before), domainAudit(after)]
  const changed = (Object.keys(is) as (keyof typeof is)[]).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
  if (changed.length > 0) {
    const pick = (from: typeof is) => Object.fromEntries(changed.map((key) => [key, from[key]]))
    await recordAudit(tx, ctx, {
      action: 'domain.changed',
      teamId: client.teamId,
      target: { type: 'domain', id: before.id },
      clientId: client.id,
      before: { host: before.host, ...pick(was) },
      after: { host: before.host, ...pick(is) },
    })
  }
  return domainDto(after)
}

function verification(ctx: Ctx, verified: boolean, before: DomainRow | null) {
  if (!verified) return { verifiedAt: null, verifiedBy: null }
  if (before?.verifiedAt) return {}
  return { verifiedAt: new Date(), verifiedBy: ctx.actor.kind === 'system' ? ctx.actor.name : null }
}

function defined<T extends object>(data: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}

function invalid(path: string, message: string, code: string): AppError {
  return new AppError('validation_failed', { message, fields: [{ path, message, code }] })
}
