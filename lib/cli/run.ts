import { openDatabase } from '#lib/database/index.ts'
import type { CommandResult, Invocation } from './types.ts'

type Run = (invocation: Invocation) => Promise<CommandResult>

/** What each command does. Loaded on use: a command needs only its own verbs. */
const RUNS: Record<string, () => Promise<Run>> = {
  'user create': async () => (await import('./commands/user.ts')).createUser,
  'user password': async () => (await import('./commands/user.ts')).setPassword,
  'user operator': async () => (await import('./commands/user.ts')).makeOperator,
  'client create': async () => (await import('./commands/client.ts')).create,
  'client show': async () => (await import('./commands/client.ts')).show,
  'client disable': async () => (await import('./commands/client.ts')).disable,
  'client enable': async () => (await import('./commands/client.ts')).enable,
  'client restrict': async () => (await import('./commands/restriction.ts')).restrict,
  'client lift': async () => (await import('./commands/restriction.ts')).lift,
  'client delete': async () => (await import('./commands/client.ts')).remove,
  'secret create': async () => (await import('./commands/secret.ts')).create,
  'secret revoke': async () => (await import('./commands/secret.ts')).revoke,
  'domain set': async () => (await import('./commands/domain.ts')).set,
  'plan set': async () => (await import('./commands/plan.ts')).set,
  'keys rotate': async () => (await import('./commands/keys.ts')).rotate,
  'usage rebuild': async () => (await import('./commands/usage.ts')).rebuild,
  'tokens revoke': async () => (await import('./commands/tokens.ts')).revoke,
  'registration-token create': async () => (await import('./commands/registration-token.ts')).create,
  'registration-token list': async () => (await import('./commands/registration-token.ts')).list,
  'registration-token revoke': async () => (await import('./commands/registration-token.ts')).revoke,
  'tokens revoke-team': async () => (await import('./commands/tokens.ts')).revokeTeam,
}

/** Runs a command on the installation's database, whether or not the server runs, and closes it after. */
export async function runCommand(invocation: Invocation): Promise<CommandResult> {
  const database = await openDatabase('command')
  try {
    return await runOnOpenDatabase(invocation)
  } finally {
    await database.close()
  }
}

/** Runs a command where the database is open already. */
export async function runOnOpenDatabase(invocation: Invocation): Promise<CommandResult> {
  const name = invocation.command.words.join(' ')
  const load = RUNS[name]
  if (!load) throw new Error(`${name} does nothing`)
  return (await load())(invocation)
}
