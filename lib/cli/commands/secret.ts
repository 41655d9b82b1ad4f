import { createSecret, revokeSecret } from '#lib/clients/index.ts'
import { cliContext } from '../context.ts'
import { choice, textOption } from '../options.ts'
import { table } from '../table.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `secret create`: a test secret unless told; its value is in this answer only. */
export async function create(invocation: Invocation): Promise<CommandResult> {
  const [clientId = ''] = invocation.positionals
  const mode = choice(invocation, 'mode', ['test', 'live'])
  const label = textOption(invocation, 'label')
  const expiresAt = textOption(invocation, 'expires')
  const secret = await createSecret({
    ctx: cliContext(),
    input: {
      clientId,
      ...(mode ? { mode } : {}),
      ...(label === undefined ? {} : { label }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
  })
  return {
    data: { secret_id: secret.id, client_secret: secret.value, mode: secret.mode, label: secret.label, expires_at: secret.expiresAt },
    text: table([
      ['Secret ID', secret.id],
      ['Client secret', `${secret.value}  (${secret.mode} mode; shown only now)`],
      ['Label', secret.label],
      ['Expires', secret.expiresAt],
    ]),
  }
}

/** `secret revoke` */
export async function revoke({ positionals: [clientId = '', secretId = ''] }: Invocation): Promise<CommandResult> {
  const secret = await revokeSecret({ ctx: cliContext(), input: { clientId, secretId } })
  return {
    data: { secret_id: secret.id, revoked: true, revoked_at: secret.revokedAt },
    text: `The ${secret.mode} secret …${secret.hint} is revoked.`,
  }
}
