import { findAccountBySub } from '#lib/accounts/index.ts'
import { type DisclosedProfile, disclosedProfile, type Reach, reachPerson } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError, isAppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { assertClient } from './internal.ts'
import { verifySignTokenInput } from './schemas.ts'
import { hashToken } from './tokens.ts'

export type VerifyInput = { reach: Reach; domainId: string | null; token: string }

/**
 * Exchanges a delivered token, once, for who the person is. Only the client, domain and mode that it was made for; the consent must
 * stand. A foreign token is not used up.
 * @throws AppError unauthenticated, not_found, validation_failed, token_invalid
 */
export async function verifySignToken({ ctx, input }: { ctx: Ctx; input: VerifyInput }): Promise<DisclosedProfile> {
  const { reach, domainId } = input
  assertClient(ctx, reach)
  const { token } = parseInput(verifySignTokenInput, input)
  const sub = await consume(reach, domainId, token)
  if (sub === null) throw invalid()
  const scopes = await allowedScopes(ctx, reach, sub)
  const profile = await findAccountBySub(sub)
  if (!profile) throw invalid()
  return disclosedProfile(profile, scopes)
}

/** Compare-and-set over all processes: the `sub` for exactly one caller per token. */
async function consume({ clientId, mode, onlySub }: Reach, domainId: string | null, token: string): Promise<string | null> {
  const hash = hashToken('delivered', token)
  if (!hash) return null
  const rows = await db().$queryRaw<{ sub: string }[]>`
    UPDATE sign_tokens t SET consumed_at = now() FROM users u
    WHERE t.delivered_hash = ${hash} AND t.consumed_at IS NULL AND t.verify_before > now() AND u.id = t.user_id
      AND t.client_id = ${clientId} AND t.domain_id IS NOT DISTINCT FROM ${domainId} AND t.mode = ${mode}::mode
      AND (${onlySub}::text IS NULL OR u.sub = ${onlySub})
    RETURNING u.sub`
  return rows[0]?.sub ?? null
}

/** The person may have taken back the consent, or lost access in test mode, since the token was delivered. */
async function allowedScopes(ctx: Ctx, reach: Reach, sub: string): Promise<string[]> {
  try {
    return (await reachPerson(ctx, { reach, sub })).scopes
  } catch (error) {
    if (isAppError(error)) throw invalid()
    throw error
  }
}

function invalid(): AppError {
  return new AppError('token_invalid', { message: 'The token is unknown, expired, already used, or for another client or domain.' })
}
