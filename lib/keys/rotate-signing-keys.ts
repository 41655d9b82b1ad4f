import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { KEYS_CHANNEL } from './channel.ts'
import { ALGORITHMS } from './key-pair.ts'
import { addNextKey } from './signing-keys.ts'

/** How long tokens signed by a key may still be checked after it stopped signing: the longest id token lifetime, and clock skew. */
const RETIRE_AFTER_MS = 24 * 3_600_000

export type Rotation = { alg: string; current: string; next: string; previous: string }

/**
 * Rotates every algorithm: `next` (published since the last rotation, so verifiers know it) starts signing, the old `current`
 * only verifies, a fresh `next` is published. Every process hears of it and rebuilds its provider. Operators and the system only.
 * @throws AppError permission_denied.
 */
export async function rotateSigningKeys({ ctx }: { ctx: Ctx }): Promise<{ rotated: Rotation[] }> {
  const { actor } = ctx
  if (actor.kind === 'nobody') throw new AppError('unauthenticated')
  if (actor.kind !== 'system' && !(actor.kind === 'user' && actor.isOperator)) throw new AppError('permission_denied')

  return transaction(async (tx) => {
    // One rotation at a time: two at once would each promote a key the other just demoted.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('xwms signing keys'))`
    const now = new Date()
    await tx.signingKey.updateMany({
      where: { state: 'previous', retiredAt: { lt: new Date(now.getTime() - RETIRE_AFTER_MS) } },
      data: { state: 'retired' },
    })
    const rotated: Rotation[] = []
    for (const alg of ALGORITHMS) {
      const current = await tx.signingKey.findFirstOrThrow({ where: { alg, state: 'current' } })
      const next = await tx.signingKey.findFirstOrThrow({ where: { alg, state: 'next' } })
      await tx.signingKey.update({ where: { kid: current.kid }, data: { state: 'previous', retiredAt: now } })
      await tx.signingKey.update({ where: { kid: next.kid }, data: { state: 'current', activeAt: now } })
      rotated.push({ alg, current: next.kid, next: await addNextKey(tx, alg), previous: current.kid })
    }
    await recordAudit(tx, ctx, {
      action: 'keys.rotated',
      teamId: null,
      target: { type: 'signing_keys', id: 'all' },
      after: { current: rotated.map(({ alg, current }) => ({ alg, kid: current })) },
    })
    await tx.$executeRawUnsafe(`NOTIFY ${KEYS_CHANNEL}`)
    return { rotated }
  })
}
