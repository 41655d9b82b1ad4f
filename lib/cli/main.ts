// `npm run xwms -- <command>`. Only what needs no generated code is imported before the Prisma client is known to be there.
import '../build/compile-cache.ts'
import { ensurePrismaClient } from '../build/prisma-client.ts'
import { childEnv, parseEnv } from '../env.ts'
import { setSingleton } from '../registry.ts'
import { CommandError, describeError } from './errors.ts'
import { parseCommandLine, wantsJson } from './parse.ts'
import { printResult, writeError } from './print.ts'

const argv = process.argv.slice(2)
const json = wantsJson(argv)
// With --json, standard error holds one document or nothing: no warning of Node's either.
if (json) process.removeAllListeners('warning')

async function main(): Promise<number> {
  const invocation = parseCommandLine(argv)
  if (invocation === 'help') throw new CommandError('help')
  const given = childEnv()
  setSingleton('env', parseEnv({ ...given, LOG_LEVEL: json ? 'silent' : (given.LOG_LEVEL ?? 'warn') }))
  ensurePrismaClient()
  const { runCommand } = await import('./run.ts')
  printResult(await runCommand(invocation), json)
  return 0
}

// An explicit exit: pools and workers that a verb started may idle, and a command is done when its answer is written.
main().then(
  (code) => process.exit(code),
  (error: unknown) => process.exit(writeError(describeError(error), json)),
)
