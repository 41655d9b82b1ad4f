// npm run test:interop [-- names]: relying parties from Debian's packages (Apache with mod_auth_openidc, Python's Authlib), and the snippets of a
// client's quickstart with the libraries that they name, against a real server. Not part of npm test: it installs packages.
import { ensureBuild } from './next-build.ts'
import { ensurePrismaClient } from './prisma-client.ts'
import { runTool, stopChildrenOnSignal } from './run.ts'

stopChildrenOnSignal()
ensurePrismaClient()
await ensureBuild(console.log)
const args = ['run', '--config', 'e2e/interop/vitest.config.ts', ...process.argv.slice(2)]
const { code } = await runTool('vitest/vitest.mjs', args, { timeoutMs: 900_000 })
process.exitCode = code ?? 1
