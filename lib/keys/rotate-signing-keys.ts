import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { type Prisma, transaction } from '#lib/db.ts'
import { KEYS_CHANNEL } from './channel.ts'
import { ALGORITHMS, type Algorithm } from './key-pair.ts'
import { lockSigningKeys } from './lock.ts'
import { addMissingNextKeys } from './signing-keys.ts'

export type Rotation = { alg: string; current: string; next: string; previous: string }

export type RotateInput = {
  /** A private key leaked: what it signed must not verify any more. Everything issued so far fails at verifiers once they fetch the JWKS anew. */
  compromised?: boolean
}

/**
 * Rotates every algorithm: the oldest `next` (published for long, so verifiers know it) starts signing, the old `current` only
 * verifies, a fresh `next` is published. Every process hears of it and rebuilds its provider. Operators and the system only.
 * @throws AppError unauthenticated, not_found
 */
export async function rotateSigningKeys({ ctx, input = {} }: { ctx: Ctx; input?: RotateInput }): Promise<{ rotated: Rotation[] }> {
  authorizeOperator(ctx)
  return transaction(async (tx) => {
    await lockSigningKeys(tx)
    return { rotated: await rotate(tx, ctx, input) }
  })
}

/** The rotation itself, for a caller that is authorized and holds the lock. */
export async function rotate(tx: Prisma.TransactionClient, ctx: Ctx, { compromised = false }: RotateInput): Promise<Rotation[]> {
  const now = new Date()
  const before = compromised ? await tx.signingKey.updateManyAndReturn({ where: { state: 'previous' }, data: { state: 'retired' } }) : []
  const moved = []
  for (const alg of ALGORITHMS) moved.push(await promoteNext(tx, alg, { now, compromised }))
  await addMissingNextKeys(tx)
  const rotated: Rotation[] = []
  for (const one of moved) rotated.push({ ...one, next: (await oldestNext(tx, one.alg)).kid })
  await recordAudit(tx, ctx, {
    action: compromised ? 'keys.revoked' : 'keys.rotated',
    teamId: null,
    target: { type: 'signing_keys', id: 'all' },
    before: { signing: moved.map(({ alg, previous }) => ({ alg, kid: previous })), verifying: before.map(({ kid }) => kid) },
    after: { signing: rotated.map(({ alg, current }) => ({ alg, kid: current })), verifying: [] },
  })
  await tx.$executeRawUnsafe(`NOTIFY ${KEYS_CHANNEL}`)
  return rotated
}

async function promoteNext(tx: Prisma.TransactionClient, alg: Algorithm, { now, compromised }: { now: Date; compromised: boolean }) {
  const current = await tx.signingKey.findFirstOrThrow({ where: { alg, state: 'current' } })
  const next = await oldestNext(tx, alg)
  await tx.signingKey.update({ where: { kid: current.kid }, data: { state: compromised ? 'retired' : 'previous', retiredAt: now } })
  await tx.signingKey.update({ where: { kid: next.kid }, data: { state: 'current', activeAt: now } })
  return { alg, current: next.kid, previous: current.kid }
}

function oldestNext(tx: Prisma.TransactionClient, alg: string) {
  return tx.signingKey.findFirstOrThrow({ where: { alg, state: 'next' }, orderBy: [{ createdAt: 'asc' }, { kid: 'asc' }] })
}
