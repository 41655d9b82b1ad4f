// Starts XWMS Clients. Only what needs no generated code is imported before the Prisma client is known to be there.
import './lib/build/compile-cache.ts'
import { ensurePrismaClient } from './lib/build/prisma-client.ts'
import { EnvError, env, exportForLibraries } from './lib/env.ts'

/** Ends a start that cannot succeed, with one line that says why. */
function stop(line: string): never {
  process.stderr.write(`XWMS Clients cannot start: ${line}\n`)
  process.exit(1)
}

try {
  env()
  exportForLibraries()
  ensurePrismaClient()
} catch (error) {
  stop(error instanceof EnvError ? error.message : (error as Error).message)
}

const { start, StartError } = await import('./lib/server/index.ts')
try {
  await start()
} catch (error) {
  if (error instanceof StartError) stop(error.message)
  throw error
}
