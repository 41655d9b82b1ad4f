import { liftRestriction, type RestrictionDto, restrictClient } from '#lib/alerts/index.ts'
import { cliContext } from '../context.ts'
import { textOption } from '../options.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `client restrict`: as an operator does it, so that only an operator or this command's opposite lifts it. */
export async function restrict(invocation: Invocation): Promise<CommandResult> {
  const [clientId = ''] = invocation.positionals
  const restriction = await restrictClient({ ctx: cliContext(), input: { clientId, reason: textOption(invocation, 'reason') } })
  return { data: document(restriction), text: `${clientId} is restricted: every use is refused until an operator lifts it.` }
}

/** `client lift` */
export async function lift({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  return { data: document(await liftRestriction({ ctx: cliContext(), input: { clientId } })), text: `${clientId} is not restricted.` }
}

function document({ clientId, restricted, reason, byOperator }: RestrictionDto) {
  return { client_id: clientId, restricted, reason, by_operator: byOperator }
}
