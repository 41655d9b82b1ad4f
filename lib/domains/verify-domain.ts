import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { hitWindow } from '#lib/limits/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type DomainDto, domainDto } from './dto.ts'
import { isLocalHost } from './host.ts'
import { type ClientRef, findDomain } from './internal.ts'
import { network } from './network.ts'
import { findDnsProof, findFileProof, type ProofFinding } from './proof.ts'
import { verifyDomainInput } from './schemas.ts'

/** A check asks strangers' servers: people try a few times, nobody needs more. */
const CHECKS = { limit: 20, seconds: 600 }

export type DomainVerification = { domain: DomainDto } & ({ verified: true } | { verified: false; found: ProofFinding })

/**
 * Looks for the domain's token in DNS, or in a file of the host, and marks the domain as verified when it is there; otherwise says what
 * was found and changes nothing. A verified domain stays so without another look. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, too_many_attempts, conflict with `params.reason`
 *   local_host: nobody can prove that
 */
export async function verifyDomain({ ctx, input }: { ctx: Ctx; input: z.input<typeof verifyDomainInput> }): Promise<DomainVerification> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, domainId, method } = parseInput(verifyDomainInput, input)
  const domain = await findDomain(db(), client, { id: domainId })
  if (!domain) throw noDomain()
  if (domain.verifiedAt) return { verified: true, domain: domainDto(domain) }
  if (isLocalHost(domain.host)) {
    throw new AppError('conflict', {
      message: 'A local host cannot be verified: it works in test mode only.',
      params: { reason: 'local_host' },
    })
  }
  await countCheck(client)

  const look = method === 'dns' ? findDnsProof : findFileProof
  const found = await look(network(), domain.host, domain.verificationToken)
  if (found) return { verified: false, domain: domainDto(domain), found }

  return transaction(async (tx) => {
    // The look took seconds: the actor, the client and the domain may be others by now.
    const { client: now } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const still = await findDomain(tx, now, { id: domainId })
    if (still?.verificationToken !== domain.verificationToken) throw noDomain()
    if (still.verifiedAt) return { verified: true, domain: domainDto(still) }
    const row = await tx.domain.update({ where: { id: still.id }, data: { verifiedAt: new Date(), verifiedBy: method } })
    await recordAudit(tx, ctx, {
      action: 'domain.verified',
      teamId: now.teamId,
      target: { type: 'domain', id: row.id },
      clientId: client.id,
      before: { host: row.host, verified: false },
      after: { host: row.host, verified: true, method },
    })
    return { verified: true, domain: domainDto(row) }
  })
}

async function countCheck({ id }: ClientRef): Promise<void> {
  const { allowed, msLeft } = await hitWindow({ key: `domains:verify:${id}`, ...CHECKS })
  if (allowed) return
  throw new AppError('too_many_attempts', { message: 'Too many checks: wait a few minutes.', retryAfter: Math.ceil(msLeft / 1000) })
}

function noDomain(): AppError {
  return new AppError('not_found', { message: 'There is no such domain.' })
}
