import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeMember } from './authorize.ts'
import { findSummaries, type MemberSummary } from './member-summary.ts'
import { type MemberRef, memberRef } from './schemas.ts'

export type MemberDetail = MemberSummary & {
  /** The clients that their role counts for, by name; null: all. */
  chosen: { id: string; name: string }[] | null
  /** The team is theirs: they stay, as its owner. */
  personal: boolean
}

/** One member, as far as the actor may see them: {@link listMembers}. @throws AppError unauthenticated, not_found */
export async function getMember({ ctx, input }: { ctx: Ctx; input: MemberRef }): Promise<MemberDetail> {
  const access = await authorizeMember(ctx, input.teamId)
  const { teamId, userId } = parseInput(memberRef, input)
  const gone = () => new AppError('not_found', { message: 'There is no such member.' })
  if (access.clientIds && userId !== access.userId) throw gone()
  const [summary] = await findSummaries(access, [userId])
  if (!summary) throw gone()
  const [clients, team] = await Promise.all([
    db().memberClient.findMany({
      where: { teamId, userId, client: { deletedAt: null } },
      select: { client: { select: { id: true, name: true } } },
      orderBy: { client: { name: 'asc' } },
    }),
    db().team.findUnique({ where: { id: teamId }, select: { personalOwnerId: true } }),
  ])
  return {
    ...summary,
    chosen: summary.clients === null ? null : clients.map(({ client }) => client),
    personal: team?.personalOwnerId === userId,
  }
}
