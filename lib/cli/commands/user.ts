import { registerUser, setOperator, setPasswordFor } from '#lib/accounts/index.ts'
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

/** `user password`: for somebody whom no mail reaches. */
export async function setPassword(invocation: Invocation): Promise<CommandResult> {
  const [address = ''] = invocation.positionals
  const { userId, email, sessions } = await setPasswordFor({
    ctx: cliContext(),
    input: { email: address, password: textOption(invocation, 'password') },
  })
  return { data: { user_id: userId, email, sessions_ended: sessions }, text: `${email} has a new password; ${sessions} sessions ended.` }
}

/** `user operator`: from their next request on. */
export async function makeOperator({ positionals: [address = ''], values }: Invocation): Promise<CommandResult> {
  const { userId, email, operator } = await setOperator({ ctx: cliContext(), input: { email: address, operator: values.remove !== true } })
  return { data: { user_id: userId, email, operator }, text: `${email} is ${operator ? 'an' : 'no'} operator.` }
}
