import { type Ctx, systemContext } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { KEYS_CHANNEL } from './channel.ts'
import { lockSigningKeys } from './lock.ts'
import { rotate } from './rotate-signing-keys.ts'
import { addMissingNextKeys } from './signing-keys.ts'

const DAY_MS = 86_400_000

/**
 * How long a key still verifies after it stopped signing: as long as someone may log out with an id token of that time as `id_token_hint`
 * (a session lasts 30 days), and the longest lifetime of a signed token after that.
 */
const VERIFIES_DAYS = 31

export type Tended = { rotated: boolean; published: number; retired: number }

/**
 * What time asks of the keys, by a job: rotates when the current ones have signed for `KEY_ROTATION_DAYS`, publishes keys ahead, takes
 * those that nothing needs any more out of the JWKS and, a rotation later, their private half out of the database.
 */
export async function tendSigningKeys({ ctx = systemContext('keys'), now = new Date() }: { ctx?: Ctx; now?: Date } = {}): Promise<Tended> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const { KEY_ROTATION_DAYS } = env()
  return transaction(async (tx) => {
    await lockSigningKeys(tx)
    const old =
      KEY_ROTATION_DAYS > 0 && (await tx.signingKey.count({ where: { state: 'current', activeAt: { lt: before(KEY_ROTATION_DAYS) } } }))
    if (old) await rotate(tx, ctx, {})
    const published = await addMissingNextKeys(tx)
    const past = { retiredAt: { lt: before(VERIFIES_DAYS) } }
    await tx.signingKey.deleteMany({ where: { state: 'retired', ...past } })
    const { count: retired } = await tx.signingKey.updateMany({ where: { state: 'previous', ...past }, data: { state: 'retired' } })
    if (published + retired > 0) await tx.$executeRawUnsafe(`NOTIFY ${KEYS_CHANNEL}`)
    return { rotated: Boolean(old), published, retired }
  })
}
