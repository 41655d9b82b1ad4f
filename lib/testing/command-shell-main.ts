// The child of command-shell.ts: what `npm run xwms` does, as often as it is asked.
import { ensurePrismaClient } from '#lib/build/prisma-client.ts'
import { describeError } from '#lib/cli/errors.ts'
import { parseCommandLine } from '#lib/cli/parse.ts'
import { childEnv, parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import type { CommandAnswer, CommandQuestion } from './command-shell.ts'

setSingleton('env', parseEnv({ ...childEnv(), LOG_LEVEL: 'silent' }))
ensurePrismaClient()
const { runOnOpenDatabase } = await import('#lib/cli/run.ts')
const { openDatabase } = await import('#lib/database/index.ts')
const database = await openDatabase('command')

async function run(args: string[]): Promise<Omit<CommandAnswer, 'id'>> {
  try {
    const invocation = parseCommandLine(args)
    if (invocation === 'help') throw new Error('help is for people')
    return { data: (await runOnOpenDatabase(invocation)).data }
  } catch (error) {
    return { failure: describeError(error) }
  }
}

let last: Promise<void> = Promise.resolve()
process.on('message', ({ id, args }: CommandQuestion) => {
  last = last.then(async () => void process.send?.({ id, ...(await run(args)) }))
})
process.on('disconnect', () => database.close().finally(() => process.exit(0)))
