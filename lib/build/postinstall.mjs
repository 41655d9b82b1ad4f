// After `npm install`: generates Prisma's client and, in a developer's clone, the git hooks. Plain JavaScript, since some npm versions run it
// with the machine's own Node. It never fails an install: the start and the tests generate the client themselves when it is missing.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

function attempt(what, script, args) {
  const file = path.join(root, 'node_modules', script)
  if (!existsSync(file)) return
  const result = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  })
  if (result.status !== 0) {
    const reason = `${result.stderr || result.stdout || result.error?.message || result.signal}`.trim().split('\n').at(-1)
    process.stderr.write(`${what} did not work and will be tried again when it is needed: ${reason}\n`)
  }
}

attempt('Generating the database client', 'prisma/build/index.js', ['generate'])
// biome-ignore lint/style/noProcessEnv: this file runs before anything else can be imported
if (existsSync(path.join(root, '.git')) && !process.env.CI) attempt('Installing the git hooks', 'lefthook/bin/index.js', ['install'])
