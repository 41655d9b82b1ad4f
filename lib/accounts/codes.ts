import { randomInt, timingSafeEqual } from 'node:crypto'
import { type Db, db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { hmac } from '#lib/secrets/index.ts'

export const CODE_MINUTES = 10
const MAX_TRIES = 5

type Purpose = 'verify_email' | 'reset_password' | 'change_email'

type NewCode = { userId: string; purpose: Purpose; email?: string }

/**
 * Makes a code for a person, in the caller's transaction; an earlier one for the same purpose no longer works. `email` is the address that it
 * is about, when not the person's own. Answers the code, to be mailed.
 */
export async function createCode(tx: Db, { userId, purpose, email }: NewCode): Promise<string> {
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const id = newId('cod')
  await tx.mailedCode.deleteMany({ where: { userId, purpose } })
  await tx.mailedCode.create({
    data: {
      id,
      userId,
      purpose,
      email: email ?? null,
      codeHash: hashOf(id, code),
      expiresAt: new Date(Date.now() + CODE_MINUTES * 60_000),
    },
  })
  return code
}

/**
 * Counts a try and compares. Answers the id of the code, for `consumeCode`. Call it outside the transaction of the verb: a wrong try
 * must stay counted when the verb fails. @throws AppError code_invalid: wrong, expired, used, or tried too often, all alike.
 */
export async function tryCode({ userId, purpose, code }: { userId: string; purpose: Purpose; code: string }): Promise<string> {
  // One statement, so that parallel tries cannot all see the same count.
  const rows = await db().$queryRaw<{ id: string; code_hash: Uint8Array }[]>`
    UPDATE mailed_codes SET attempts = attempts + 1
    WHERE user_id = ${userId} AND purpose = ${purpose}::code_purpose AND consumed_at IS NULL AND expires_at > now() AND attempts < ${MAX_TRIES}
    RETURNING id, code_hash`
  const row = rows[0]
  if (!row || !timingSafeEqual(row.code_hash, hashOf(row.id, code)))
    throw new AppError('code_invalid', { message: 'This code is not valid.' })
  return row.id
}

/**
 * Uses the code up, in the transaction of what it allows, and answers the address that it is about. Of several at once, one wins.
 * @throws AppError code_invalid for the others.
 */
export async function consumeCode(tx: Db, id: string): Promise<string | null> {
  const used = await tx.mailedCode.updateManyAndReturn({
    where: { id, consumedAt: null },
    data: { consumedAt: new Date() },
    select: { email: true },
  })
  if (used.length !== 1) throw new AppError('code_invalid', { message: 'This code is not valid.' })
  return used[0]?.email ?? null
}

/** A million possibilities: a plain hash would be no secret, so it is keyed, and bound to its row. */
function hashOf(id: string, code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hmac('mailed-code', `${id}:${code}`))
}
