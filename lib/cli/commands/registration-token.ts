import { createRegistrationToken, listRegistrationTokens, revokeRegistrationToken } from '#lib/registrations/index.ts'
import { findTeam } from '#lib/teams/index.ts'
import { cliContext } from '../context.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `registration-token create`: lets software register clients of a team. Its value is printed once. */
export async function create({ positionals: [teamOrEmail = ''], values: options }: Invocation): Promise<CommandResult> {
  const team = await findTeam(teamOrEmail)
  const number = (name: string) => (typeof options[name] === 'string' ? Number(options[name]) : undefined)
  const [maxUses, days] = [number('uses'), number('days')]
  const { value, ...made } = await createRegistrationToken({
    ctx: cliContext(),
    input: {
      teamId: team.id,
      ...(typeof options.label === 'string' ? { label: options.label } : {}),
      ...(maxUses === undefined ? {} : { maxUses }),
      ...(days === undefined ? {} : { days }),
    },
  })
  return {
    data: { id: made.id, token: value, team: team.id, uses: made.maxUses, expires_at: made.expiresAt },
    text: `${value}\n\nRegisters ${made.maxUses} clients of ${team.id} until ${made.expiresAt}. It is not shown again.`,
  }
}

/** `registration-token list`: those of a team, without their values. */
export async function list({ positionals: [teamOrEmail = ''] }: Invocation): Promise<CommandResult> {
  const team = await findTeam(teamOrEmail)
  const tokens = await listRegistrationTokens({ ctx: cliContext(), input: { teamId: team.id } })
  const lines = tokens.map(({ id, label, uses, maxUses, expiresAt, revokedAt }) =>
    [id, label ?? '', `${uses}/${maxUses}`, revokedAt ? 'revoked' : `until ${expiresAt}`].join('  '),
  )
  return { data: { team: team.id, tokens }, text: lines.join('\n') || 'There are none.' }
}

/** `registration-token revoke` */
export async function revoke({ positionals: [id = ''] }: Invocation): Promise<CommandResult> {
  const token = await revokeRegistrationToken({ ctx: cliContext(), input: { id } })
  return { data: { id: token.id, revoked_at: token.revokedAt }, text: `${token.id} is revoked. The clients that it registered stay.` }
}
