// `npm run demo [-- --again]`: fills an installation with a team, its clients and 30 days of traffic, to look at and to show. Only what
// needs no generated code is imported before the Prisma client is known to be there.
import { ensurePrismaClient } from '../build/prisma-client.ts'
import { childEnv, parseEnv } from '../env.ts'
import { setSingleton } from '../registry.ts'

const given = childEnv()
setSingleton('env', parseEnv({ ...given, LOG_LEVEL: given.LOG_LEVEL ?? 'warn' }))
ensurePrismaClient()
const { makeDemo } = await import('./make-demo.ts')

// An explicit exit: pools and workers that a verb started may idle.
makeDemo({ again: process.argv.includes('--again'), say: (line) => console.log(line) }).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
