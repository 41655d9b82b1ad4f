import { revokeClientTokens, revokeTeamTokens } from '#lib/grants/index.ts'
import { findTeam } from '#lib/teams/index.ts'
import { cliContext } from '../context.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `tokens revoke`: everything that a client was issued. */
export async function revoke({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  const { revoked } = await revokeClientTokens({ ctx: cliContext(), input: { clientId } })
  return { data: { client_id: clientId, revoked }, text: `${revoked} tokens, codes and grants are revoked.` }
}

/** `tokens revoke-team`: everything that all clients of a team were issued. */
export async function revokeTeam({ positionals: [teamOrEmail = ''] }: Invocation): Promise<CommandResult> {
  const team = await findTeam(teamOrEmail)
  const { clients, revoked } = await revokeTeamTokens({ ctx: cliContext(), input: { teamId: team.id } })
  return {
    data: { team: team.id, clients, revoked },
    text: `${revoked} tokens, codes and grants of ${clients} clients are revoked.`,
  }
}
