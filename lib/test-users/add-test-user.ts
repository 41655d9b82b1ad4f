import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { countTestUsers, findTestUser, type TestUserDto, testUserDto } from './internal.ts'
import { type TestUserInput, testUserInput } from './schemas.ts'

/** Enough to try things out with; whoever has more users than this is live. */
const MAX_TEST_USERS = 100

/**
 * Lets the account with this address, once it is proven there, log in on the client's domains in test mode; the account may come later.
 * Adding it twice is the same. Needs `domains.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached
 */
export async function addTestUser({ ctx, input }: { ctx: Ctx; input: TestUserInput }): Promise<TestUserDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { clientId, email } = parseInput(testUserInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'domains.manage' }, tx, { lock: true })
    const before = await findTestUser(tx, client, email)
    if (before) return before
    if ((await countTestUsers(tx, client)) >= MAX_TEST_USERS) {
      throw new AppError('limit_reached', {
        message: `A client has at most ${MAX_TEST_USERS} test users.`,
        params: { limit: MAX_TEST_USERS, what: 'test_users' },
      })
    }
    const row = await tx.testUser.create({ data: { clientId: client.id, email } })
    await recordAudit(tx, ctx, {
      action: 'test_user.added',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      after: { email },
    })
    return testUserDto(row)
  })
}
