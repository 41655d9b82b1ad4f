import { setPlan } from '#lib/plans/index.ts'
import { findTeam } from '#lib/teams/index.ts'
import { cliContext } from '../context.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `plan set`: of a team by its id, or of a person's own team by their address. */
export async function set({ positionals: [teamOrEmail = '', wanted = ''] }: Invocation): Promise<CommandResult> {
  const found = await findTeam(teamOrEmail)
  const { team, plan, previous } = await setPlan({ ctx: cliContext(), input: { teamId: found.id, plan: wanted } })
  return {
    data: { team, plan, previous },
    text: `${team.name} (${team.id}) is on the plan ${plan}${previous ? `; before, ${previous}` : ''}.`,
  }
}
