import { revokeClientTokens } from '#lib/grants/index.ts'
import { cliContext } from '../context.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `tokens revoke`: everything that a client was issued. */
export async function revoke({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  const { revoked } = await revokeClientTokens({ ctx: cliContext(), input: { clientId } })
  return { data: { client_id: clientId, revoked }, text: `${revoked} tokens, codes and grants are revoked.` }
}
