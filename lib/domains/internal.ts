import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import type { Db, Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId, randomBase62 } from '#lib/ids.ts'
import { type DomainDto, domainAudit, domainDto } from './dto.ts'

/** More than anyone needs, few enough that a page and a gate snapshot stay small. */
const MAX_DOMAINS = 100

/** Which client, and whose: verbs get it from `authorizeClient`. */
export type ClientRef = { id: string; teamId: string }

/** Everything of domains is reached through the client and its team. */
function own({ id, teamId }: ClientRef) {
  return { clientId: id, client: { teamId } }
}

export async function listClientDomains(tx: Db, client: ClientRef): Promise<DomainDto[]> {
  const rows = await tx.domain.findMany({ where: own(client), orderBy: [{ isPrimary: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }] })
  return rows.map(domainDto)
}

export function findDomain(tx: Db, client: ClientRef, by: { id: string } | { host: string }) {
  return tx.domain.findFirst({ where: { ...own(client), ...by } })
}

function countDomains(tx: Db, client: ClientRef): Promise<number> {
  return tx.domain.count({ where: own(client) })
}

export type NewDomain = Pick<
  Prisma.DomainUncheckedCreateInput,
  'active' | 'allowLogin' | 'allowApi' | 'mode' | 'ipMonitor' | 'fallbackUri' | 'verifiedAt' | 'verifiedBy'
> & {
  /** Normalized. */
  host: string
  ipAllowlist?: string[]
}

/**
 * Adds a domain in the caller's transaction, which has authorized the actor and locked the client; the first one is primary.
 * @throws AppError limit_reached
 */
export async function addDomain(tx: Db, ctx: Ctx, client: ClientRef, input: NewDomain): Promise<DomainDto> {
  const count = await countDomains(tx, client)
  if (count >= MAX_DOMAINS) {
    throw new AppError('limit_reached', {
      message: `A client has at most ${MAX_DOMAINS} domains.`,
      params: { limit: MAX_DOMAINS, what: 'domains' },
    })
  }
  const row = await tx.domain.create({
    data: { ...input, id: newId('dom'), clientId: client.id, isPrimary: count === 0, verificationToken: randomBase62(32) },
  })
  await recordAudit(tx, ctx, {
    action: 'domain.added',
    teamId: client.teamId,
    target: { type: 'domain', id: row.id },
    after: { client: client.id, ...domainAudit(row) },
  })
  return domainDto(row)
}
