import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { acquireLock } from '../database/lock.ts'
import { childEnv } from '../env.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const OUTPUT = path.join(ROOT, '.next')
const STAMP = path.join(OUTPUT, 'xwms-sources.sha256')
const SOURCES = [
  'app/**/*',
  'components/**/*',
  'lib/**/*',
  'public/**/*',
  'prisma/schema.prisma',
  'next.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
/** Not part of what Next compiles: changing them must not cost a build. */
const IRRELEVANT = /\.test\.tsx?$|^lib\/(cli|bench|testing|build)\//
const BUILD_TIMEOUT_MS = 600_000

/**
 * Runs `next build` when there is no build of the present sources. Two starts at once build one after the other.
 * @throws Error when the build fails; its output has been shown.
 */
export async function ensureBuild(say: (line: string) => void): Promise<void> {
  if (isFresh()) return
  mkdirSync(OUTPUT, { recursive: true })
  const lock = await buildLock()
  try {
    if (isFresh()) return
    say('Building the pages (once; about half a minute) …')
    const cli = path.join(ROOT, 'node_modules/next/dist/bin/next')
    const env = childEnv({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
    // Output to stderr: stdout belongs to the server.
    const result = spawnSync(process.execPath, [cli, 'build'], { cwd: ROOT, env, stdio: ['ignore', 2, 2], timeout: BUILD_TIMEOUT_MS })
    if (result.status !== 0) throw new Error(`next build failed (${result.status ?? result.signal})`)
    writeFileSync(STAMP, digest())
  } finally {
    lock.release()
  }
}

function isFresh(): boolean {
  return existsSync(path.join(OUTPUT, 'BUILD_ID')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest()
}

/** A digest over the contents of everything that a build depends on. */
function digest(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((file) => !IRRELEVANT.test(file))
    .sort()
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0')
  return hash.digest('hex')
}

async function buildLock(): Promise<{ release: () => void }> {
  const deadline = Date.now() + BUILD_TIMEOUT_MS
  for (;;) {
    const result = await acquireLock(path.join(ROOT, 'node_modules/.xwms-build.lock'), 'command')
    if (result.acquired) return result.lock
    if (Date.now() > deadline) throw new Error(`another build (pid ${result.owner.pid}) does not end`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
