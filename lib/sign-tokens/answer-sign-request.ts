import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { allowConsent, findConsent, noteLogin } from '#lib/grants/index.ts'
import { findOpenRequest, type SignRow } from './internal.ts'
import { viewOf } from './load-sign-request.ts'
import { hashToken, newToken, TOKEN_MS } from './tokens.ts'

/** `continue` goes on without a question, for who has allowed all of it before. */
export type SignAnswer = 'allow' | 'deny' | 'continue'

/**
 * The acting person's answer to a log-in. Returns the address to send their browser to: the client's, with a fresh token that only this
 * browser gets to see, or with `access_denied`. Someone who may not test the client can only decline.
 * @throws AppError unauthenticated, not_found (over, or answered before), consent_required (to `continue`)
 */
export async function answerSignRequest({
  ctx,
  input: { token, answer, declined = [] },
}: {
  ctx: Ctx
  /** `declined`: optional scopes that the person left out. */
  input: { token: string; answer: SignAnswer; declined?: string[] }
}): Promise<{ location: string }> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('unauthenticated')
  const row = await findOpenRequest(token)
  if (!row) throw over()
  const { needs, newScopes } = await viewOf(ctx, row)
  if (answer === 'continue' && needs !== 'nothing') throw new AppError('consent_required')
  if (answer === 'deny' || needs === 'test_mode') {
    await finish(row, null, null)
    return { location: back(row, { error: 'access_denied' }) }
  }
  if (needs === 'consent') {
    const scopes = newScopes.filter((scope) => !declined.includes(scope))
    const { scopes: allowed } = await allowConsent({ ctx, input: { clientId: row.clientId, scopes, declined } })
    if (allowed.length === 0) {
      await finish(row, null, null)
      return { location: back(row, { error: 'access_denied' }) }
    }
  }
  const delivered = newToken('delivered')
  await finish(row, actor.userId, hashToken('delivered', delivered))
  const consent = await findConsent(actor.sub, row.clientId)
  if (consent) await noteLogin(consent.id)
  return { location: back(row, { token: delivered }) }
}

/** Compare-and-set: of several answers one counts. @throws AppError not_found for the others */
async function finish({ startHash }: SignRow, userId: string | null, deliveredHash: Uint8Array | null): Promise<void> {
  const verifyBefore = deliveredHash ? new Date(Date.now() + TOKEN_MS) : null
  const count = await db().$executeRaw`
    UPDATE sign_tokens SET answered_at = now(), user_id = ${userId}, delivered_hash = ${deliveredHash}, verify_before = ${verifyBefore}
    WHERE start_hash = ${startHash} AND answered_at IS NULL AND expires_at > now()`
  if (count !== 1) throw over()
}

/** The redirect URI as it was registered, with more parameters. */
function back({ redirectUri, state }: SignRow, params: Record<string, string>): string {
  const query = new URLSearchParams({ ...params, ...(state === null ? {} : { state }) })
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`
}

function over(): AppError {
  return new AppError('not_found', { message: 'This log-in is over.' })
}
