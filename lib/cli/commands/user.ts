import { registerUser } from '#lib/accounts/index.ts'
import { findPersonalTeam } from '#lib/teams/index.ts'
import { cliContext } from '../context.ts'
import { textOption } from '../options.ts'
import { table } from '../table.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `user create`: the account, its personal team, and the Free plan active. */
export async function createUser(invocation: Invocation): Promise<CommandResult> {
  const { userId, sub, email } = await registerUser({
    ctx: cliContext(),
    input: {
      email: textOption(invocation, 'email'),
      password: textOption(invocation, 'password'),
      name: textOption(invocation, 'name'),
      operator: invocation.values.operator === true,
    },
  })
  const { id, name } = await findPersonalTeam(email)
  return {
    data: { user_id: userId, sub, email, team: { id, name } },
    text: table([
      ['User', `${email} (${userId})`],
      ['Sub', sub],
      ['Team', `${name} (${id})`],
    ]),
  }
}
