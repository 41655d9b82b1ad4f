import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { signingKeys } from '#lib/keys/index.ts'
import { OutgoingError, outgoingRequest } from '#lib/outgoing/index.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After each failed attempt; then it is given up, about a day after the log-out. */
const BACKOFF = [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR]
const TIMEOUT_MS = 5_000
const TOKEN_LIFE_S = 120

type Failure = { failed: string }

/**
 * Tells a client that a log-in ended: one POST of a fresh, signed log-out token. Redirects are failures, private addresses are not
 * reached. Answers when to try again, or null: delivered, given up, or nothing to do.
 */
export async function deliverLogout(id: string, now: Date = new Date()): Promise<Date | null> {
  const row = await db().logoutDelivery.findUnique({
    where: { id },
    include: { client: { select: { backchannelLogoutUri: true, deletedAt: true, idTokenSignedResponseAlg: true } } },
  })
  if (!row || row.deliveredAt || row.givenUpAt) return null
  const uri = row.client.deletedAt ? null : row.client.backchannelLogoutUri
  const result = uri ? await send(uri, { ...row, alg: row.client.idTokenSignedResponseAlg }) : { failed: 'no_address' }
  const attempts = row.attempts + 1
  if (!result) {
    await db().logoutDelivery.update({ where: { id }, data: { attempts, deliveredAt: now, lastError: null } })
    return null
  }
  const pause = uri ? BACKOFF[row.attempts] : undefined
  const nextAt = pause === undefined ? null : new Date(now.getTime() + pause)
  await db().logoutDelivery.update({
    where: { id },
    data: { attempts, lastError: result.failed, ...(nextAt ? { nextAt } : { givenUpAt: now }) },
  })
  return nextAt
}

/** Ids of messages that are overdue: their job was lost. At most 100. */
export async function dueLogouts(now: Date = new Date()): Promise<string[]> {
  const rows = await db().logoutDelivery.findMany({
    where: { deliveredAt: null, givenUpAt: null, nextAt: { lt: new Date(now.getTime() - MINUTE) } },
    orderBy: { nextAt: 'asc' },
    select: { id: true },
    take: 100,
  })
  return rows.map(({ id }) => id)
}

type Ended = { clientId: string; sub: string; sid: string; alg: string }

async function send(uri: string, ended: Ended): Promise<Failure | null> {
  try {
    const body = String(new URLSearchParams({ logout_token: await logoutToken(ended) }))
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: '*/*' }
    const { status } = await outgoingRequest(uri, { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS })
    return status === 200 || status === 204 ? null : { failed: `status_${status}` }
  } catch (error) {
    if (error instanceof OutgoingError) return { failed: error.reason }
    throw error
  }
}

/** OpenID Connect Back-Channel Logout 1.0 §2.4, by the key that signs the client's ID tokens (§2.6: it checks for that algorithm). */
async function logoutToken({ clientId, sub, sid, alg }: Ended): Promise<string> {
  const { keys } = await signingKeys()
  const jwk = keys.find((key) => key.alg === alg)
  if (!jwk) throw new Error(`there is no ${alg} signing key`)
  return new SignJWT({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, sid })
    .setProtectedHeader({ alg, typ: 'logout+jwt', ...(jwk.kid ? { kid: jwk.kid } : {}) })
    .setIssuer(`${env().PUBLIC_URL}/oidc`)
    .setAudience(clientId)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_LIFE_S}s`)
    .setJti(randomUUID())
    .sign(await importJWK(jwk, alg))
}
