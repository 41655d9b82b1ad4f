import { withBootLock } from '#lib/database/index.ts'
import { databaseUrl } from '#lib/db.ts'
import { ensureSigningKeys, rotateSigningKeys } from '#lib/keys/index.ts'
import { cliContext } from '../context.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `keys rotate`: the next signing keys sign, the current ones only verify (or not even that: `--compromised`); running servers hear of it. */
export async function rotate({ values }: Invocation): Promise<CommandResult> {
  // An installation whose server never ran has no keys yet.
  await withBootLock(databaseUrl(), ensureSigningKeys)
  const { rotated } = await rotateSigningKeys({ ctx: cliContext(), input: { compromised: values.compromised === true } })
  return {
    data: { rotated },
    text: rotated.map(({ alg, current, next }) => `${alg}: signs with ${current}, publishes ${next} as the next one`).join('\n'),
  }
}
