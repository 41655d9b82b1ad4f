import { registerUser } from '#lib/accounts/index.ts'
import { findPersonalTeam } from '#lib/teams/index.ts'
import { textOption } from '../parse.ts'
import { table } from '../print.ts'
import { type CommandResult, cliContext, type Invocation } from '../run.ts'

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
