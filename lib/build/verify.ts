// npm run verify: what a machine can say about the code without running it. Every step runs, whatever the others say.
import { ensurePrismaClient } from './prisma-client.ts'
import { type Outcome, run, runTool, stopChildrenOnSignal } from './run.ts'

const LIMIT = { timeoutMs: 240_000 }

type Step = { name: string; check: () => Promise<Outcome> }

/** The steps, in order: style and lint, types of the pages, types of what Node runs, dependency rules, things that nobody uses. */
const STEPS: Step[] = [
  { name: 'biome', check: () => runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'], LIMIT) },
  { name: 'types', check: types },
  { name: 'types for node', check: () => runTool('typescript/bin/tsc', ['-p', 'tsconfig.node.json'], LIMIT) },
  { name: 'dependency rules', check: () => run(process.execPath, ['lib/build/dependency-check.ts'], LIMIT) },
  { name: 'knip', check: () => runTool('knip/bin/knip.js', ['--no-progress'], LIMIT) },
]

/** Next writes the types of the routes first; without them a wrong link would pass. */
async function types(): Promise<Outcome> {
  const generated = await runTool('next/dist/bin/next', ['typegen'], { ...LIMIT, env: { NEXT_TELEMETRY_DISABLED: '1' } })
  return generated.code === 0 ? runTool('typescript/bin/tsc', ['-p', 'tsconfig.json'], LIMIT) : generated
}

/** Runs every step and says how each ended; each counts as one test. */
export async function verify(): Promise<{ name: string; ok: boolean }[]> {
  ensurePrismaClient()
  const results: { name: string; ok: boolean }[] = []
  for (const { name, check } of STEPS) {
    console.log(`\n── ${name}`)
    const { code, timedOut, seconds } = await check()
    console.log(`── ${name}: ${code === 0 ? 'ok' : timedOut ? 'took too long' : 'failed'} (${seconds.toFixed(1)} s)`)
    results.push({ name, ok: code === 0 })
  }
  return results
}

if (import.meta.main) {
  stopChildrenOnSignal()
  const failed = (await verify()).filter(({ ok }) => !ok).map(({ name }) => name)
  console.log(failed.length > 0 ? `\nfailed: ${failed.join(', ')}` : '\nall good')
  process.exitCode = failed.length > 0 ? 1 : 0
}
