import { type Ctx, systemContext } from '#lib/context.ts'
import { openDatabase } from '#lib/database/index.ts'
import type { CommandSpec } from './commands.ts'

/** A parsed command line. */
export type Invocation = {
  command: CommandSpec
  positionals: string[]
  values: Record<string, string | boolean | string[] | undefined>
}

/** `data` is the JSON document; `text` is for a person. */
export type CommandResult = { data: Record<string, unknown>; text: string }

/** Who the commands act as. */
export function cliContext(): Ctx {
  return systemContext('cli')
}

/** Runs a command on the installation's database, whether or not the server runs, and closes it after. */
export async function runCommand(invocation: Invocation): Promise<CommandResult> {
  const database = await openDatabase('command')
  try {
    const run = await invocation.command.load()
    return await run(invocation)
  } finally {
    await database.close()
  }
}
