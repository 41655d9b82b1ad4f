import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { pool } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { networkOf } from '#lib/network.ts'
import { singleton } from '#lib/registry.ts'
import { hmac } from '#lib/secrets/index.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Attempts in a window of seconds. Windows begin with the first attempt. */
const LIMITS = {
  /** Guessing at one account from one address: the second tier makes patience cost more. */
  'login-pair': { points: 10, duration: 15 * MINUTE },
  'login-pair-day': { points: 50, duration: DAY },
  /** Guessing at one account from everywhere; addresses it was used from before are exempt, so that nobody locks its owner out. */
  'login-account': { points: 100, duration: HOUR },
  'login-ip': { points: 60, duration: 15 * MINUTE },
  'register-ip': { points: 100, duration: HOUR },
  /** Learning which addresses have accounts. */
  'register-known-ip': { points: 10, duration: 15 * MINUTE },
  /** Showing again who one is, before something that a stolen session must not do. */
  'prove-account': { points: 10, duration: 15 * MINUTE },
  'code-send-account': { points: 3, duration: 10 * MINUTE },
  'code-send-account-day': { points: 15, duration: DAY },
  'code-send-ip': { points: 30, duration: HOUR },
  'code-try-account': { points: 20, duration: HOUR },
  'code-try-ip': { points: 60, duration: 15 * MINUTE },
  /** Asking the operators: each question mails them. */
  'ticket-account': { points: 20, duration: HOUR },
  /** Asking the operators for a plan, from all of one's teams: each time mails them, and asking can be taken back. */
  'plan-request-account': { points: 10, duration: DAY },
  /** Mailing people who did not ask for it: one of them, and all. An invitation can be taken back and sent anew, and a person can have many teams. */
  'invite-address': { points: 20, duration: DAY },
  'invite-account': { points: 200, duration: DAY },
  'export-account': { points: 10, duration: HOUR },
} as const

export type Limit = keyof typeof LIMITS
export type Attempt = { limit: Limit; key: string }

/**
 * Counts one attempt at each limit, before any costly or telling work. @throws AppError too_many_attempts with `params.minutes` and
 * `retryAfter` when any is used up. Counting first, not after the outcome, leaves parallel attempts no gap.
 */
export async function throttle(attempts: Attempt[]): Promise<void> {
  const results = await Promise.all(attempts.map(consume))
  const waits = results.filter((ms) => ms !== null)
  if (waits.length === 0) return
  const retryAfter = Math.max(1, Math.ceil(Math.max(...waits) / 1000))
  const minutes = Math.ceil(retryAfter / MINUTE)
  throw new AppError('too_many_attempts', {
    message: `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    params: { minutes },
    retryAfter,
  })
}

/** Takes one counted attempt back: it was not a failure. */
export async function giveBack(attempts: Attempt[]): Promise<void> {
  await Promise.all(attempts.map(({ limit, key }) => limiter(limit).reward(key, 1)))
}

/** Forgets what was counted. */
export async function forget(attempts: Attempt[]): Promise<void> {
  await Promise.all(attempts.map(({ limit, key }) => limiter(limit).delete(key)))
}

/** The key of a person: never the address itself. */
export function accountKey(email: string): string {
  return hmac('throttle', email).toString('base64url').slice(0, 27)
}

/** The key of an address, or of the network that one household has. Without an address everyone shares one key. */
export function ipKey(ip: string | null): string {
  return ip ? networkOf(ip) : 'unknown'
}

async function consume({ limit, key }: Attempt): Promise<number | null> {
  try {
    await limiter(limit).consume(key, 1)
    return null
  } catch (refused) {
    // The library rejects with its result when the points are used up, and with an Error when the database fails.
    const ms = (refused as { msBeforeNext?: unknown }).msBeforeNext
    if (typeof ms === 'number') return ms
    throw refused
  }
}

function limiter(limit: Limit): RateLimiterPostgres {
  return singleton(
    `accounts.limiter.${limit}`,
    () =>
      new RateLimiterPostgres({
        storeClient: pool(),
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: limit,
        ...LIMITS[limit],
      }),
  )
}
