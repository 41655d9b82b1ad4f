import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { findByToken, isOpen } from './internal.ts'
import { type InvitationToken, invitationToken } from './schemas.ts'

/** What the page of an invitation's link shows. */
export type InvitationView =
  /** Unknown, expired, taken back, answered. */
  | { state: 'gone' }
  /** They accepted it before. */
  | { state: 'accepted'; teamId: string }
  | { state: 'login'; email: string; hasAccount: boolean }
  /** Someone is logged in, but with another address than the invited one. */
  | { state: 'other_address'; email: string; yours: string }
  | {
      state: 'open'
      email: string
      team: string
      inviter: string | null
      role: { key: string; name: string }
      limited: boolean
      expiresAt: string
    }

/**
 * What whoever holds an invitation's link may see: the address that it is for; and once they are logged in with that address, who asks them into
 * which team, and as what.
 */
export async function loadInvitation({ ctx, input }: { ctx: Ctx; input: InvitationToken }): Promise<InvitationView> {
  const { token } = parseInput(invitationToken, input)
  const row = await findByToken(token)
  const { actor } = ctx
  if (!row) return { state: 'gone' }
  const { email, teamId } = row
  if (actor.kind === 'user' && row.state === 'accepted' && actor.email === email) {
    const member = await db().member.findUnique({ where: { teamId_userId: { teamId, userId: actor.userId } } })
    if (member) return { state: 'accepted', teamId }
  }
  if (!isOpen(row)) return { state: 'gone' }
  if (actor.kind !== 'user') {
    return { state: 'login', email, hasAccount: (await db().user.count({ where: { email } })) > 0 }
  }
  if (actor.email !== email) return { state: 'other_address', email, yours: actor.email }
  return {
    state: 'open',
    email,
    team: row.team.name,
    inviter: row.invitedBy?.name ?? null,
    role: { key: row.role.key, name: row.role.name },
    limited: row.limitedClients,
    expiresAt: row.expiresAt.toISOString(),
  }
}
