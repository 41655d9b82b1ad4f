import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { childEnv } from '../env.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const OUTPUT = path.join(ROOT, 'prisma/generated/client.ts')

/**
 * Generates Prisma's client when it is missing or older than the schema: the install script that normally does may have been
 * switched off. Call before importing anything that imports lib/db.ts. @throws Error with the generator's output.
 */
export function ensurePrismaClient(): void {
  const schema = path.join(ROOT, 'prisma/schema.prisma')
  if (existsSync(OUTPUT) && statSync(OUTPUT).mtimeMs >= statSync(schema).mtimeMs) return
  const cli = path.join(ROOT, 'node_modules/prisma/build/index.js')
  const result = spawnSync(process.execPath, [cli, 'generate'], { cwd: ROOT, env: childEnv(), encoding: 'utf8', timeout: 120_000 })
  if (result.status !== 0) throw new Error(`prisma generate failed: ${`${result.stdout}${result.stderr}`.trim().slice(-1000)}`)
}
