import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { comparePassword } from './password.ts'
import { MAX_PASSWORD } from './password-rules.ts'
import { emailAddress, LogInInput } from './schemas.ts'
import { type Attempt, accountKey, forget, giveBack, ipKey, throttle } from './throttle.ts'

export type ProvenUser = {
  userId: string
  sub: string
  email: string
  name: string
  remember: boolean
  /** Of the password that was compared, for the session: by then there may be another. */
  passwordChangedAt: Date | null
}

/** What no person's address is, for the same queries as with one that might be. */
const NOBODY = ''

/**
 * Whose address and password these are. One answer, after the same time, for an unknown address, a wrong password and a disabled
 * account. Attempts are counted before anything is hashed.
 * @throws AppError unauthenticated, too_many_attempts, busy, validation_failed.
 */
export async function checkCredentials({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<ProvenUser> {
  const { email: given, password, remember = false } = parseInput(LogInInput, input)
  // What cannot be an address is an unknown one; PostgreSQL would answer a NUL with an error.
  const email = emailAddress.safeParse(given).success ? given : NOBODY
  const user = await db().user.findUnique({ where: { email } })
  const counted = await count(ctx, email)

  // What is longer than any password can be is not worth hashing.
  const fits = password.length <= MAX_PASSWORD && (await comparePassword(password, user?.passwordHash))
  if (!user || !fits || user.disabledAt) throw new AppError('unauthenticated', { message: 'Email or password is incorrect.' })

  await forget(counted.filter(({ limit }) => limit === 'login-pair'))
  await giveBack(counted.filter(({ limit }) => limit !== 'login-pair'))
  return { userId: user.id, sub: user.sub, email: user.email, name: user.name, remember, passwordChangedAt: user.passwordChangedAt }
}

/**
 * Counts the attempt: per address and account together, per address, and per account from everywhere. The last does not hold for
 * addresses that the person logged in from before, so that an attacker cannot keep them out.
 */
async function count(ctx: Ctx, email: string): Promise<Attempt[]> {
  const account = accountKey(email)
  const ip = ipKey(ctx.ip)
  const pair = `${account}:${ip}`
  const first: Attempt[] = [
    { limit: 'login-pair', key: pair },
    { limit: 'login-pair-day', key: pair },
    { limit: 'login-ip', key: ip },
  ]
  await throttle(first)
  const everywhere: Attempt[] = (await isKnownAddress(ctx.ip, email)) ? [] : [{ limit: 'login-account', key: account }]
  await throttle(everywhere)
  return [...first, ...everywhere]
}

async function isKnownAddress(ip: string | null, email: string): Promise<boolean> {
  if (!ip) return false
  return (await db().session.findFirst({ where: { ip, user: { email } }, select: { id: true } })) !== null
}
