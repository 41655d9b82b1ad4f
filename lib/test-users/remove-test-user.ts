import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { findTestUser, type TestUserDto } from './internal.ts'
import { type TestUserInput, testUserInput } from './schemas.ts'

/**
 * Takes an address off the client's test users: its next log-in or refresh in test mode is refused. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function removeTestUser({ ctx, input }: { ctx: Ctx; input: TestUserInput }): Promise<TestUserDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, email } = parseInput(testUserInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const user = await findTestUser(tx, client, email)
    if (!user) throw new AppError('not_found', { message: 'There is no such test user.' })
    await tx.testUser.delete({ where: { clientId_email: { clientId: client.id, email } } })
    await recordAudit(tx, ctx, {
      action: 'test_user.removed',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before: { email },
    })
    return user
  })
}
