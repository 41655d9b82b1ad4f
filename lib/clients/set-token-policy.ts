import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { planOf } from '#lib/plans/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type TokenPolicy, tokenPolicy } from './protocol-dto.ts'
import { type SetTokenPolicyInput, setTokenPolicyInput, TOKEN_BOUNDS } from './protocol-schemas.ts'

const DAY = 86_400

/**
 * Changes how long a client's tokens and log-ins live, inside the installation's bounds and the plan's, and what its ID tokens are signed with
 * (`id_token_signed_response_alg`, OpenID Connect Registration §2); null is the standard, what is left out stays. Holds from the next token on. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function setTokenPolicy({ ctx, input }: { ctx: Ctx; input: SetTokenPolicyInput }): Promise<TokenPolicy> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, ...asked } = parseInput(setTokenPolicyInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    const before = tokenPolicy(client)
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Partial<TokenPolicy>
    const next = { ...before, ...given }
    const plan = await planOf(client.teamId, tx)
    checkTogether(next, client.requireDpop, (plan?.maxRefreshDays ?? 90) * DAY)
    const row = await tx.client.update({ where: { id: client.id }, data: { ...next, version: { increment: 1 } } })
    const after = tokenPolicy(row)
    await recordAudit(tx, ctx, {
      action: 'client.token_policy_changed',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before,
      after,
    })
    return after
  })
}

/** What no field can say alone. */
function checkTogether(policy: TokenPolicy, bound: boolean, planCap: number): void {
  const cap = policy.refreshTokenCap ?? TOKEN_BOUNDS.refreshTokenCap.standard
  const idle = policy.refreshTokenTtl ?? TOKEN_BOUNDS.refreshTokenTtl.standard
  const access = policy.accessTokenTtl ?? TOKEN_BOUNDS.accessTokenTtl.standard
  if (policy.refreshTokenCap !== null && cap > planCap) {
    throw refused('refreshTokenCap', `The plan allows at most ${planCap / DAY} days`, 'plan_cap', { days: planCap / DAY })
  }
  if (idle > cap && policy.refreshTokenTtl !== null) throw refused('refreshTokenTtl', 'Not longer than the family lives', 'longer_than_cap')
  if (access > cap) throw refused('accessTokenTtl', 'Not longer than the family lives', 'longer_than_cap')
  if (!policy.rotateRefreshTokens && !bound) {
    throw refused(
      'rotateRefreshTokens',
      'Refresh tokens may stay only where they are bound to a DPoP key: require DPoP first',
      'rotation_or_bound',
    )
  }
}

function refused(path: string, message: string, code: string, params: Record<string, number> = {}): AppError {
  return new AppError('validation_failed', { message, fields: [{ path, message, code, params }] })
}
