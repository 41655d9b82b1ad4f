// npm test: everything that a fresh machine needs to judge the project. A failing stage does not hide the next ones; the last line adds
// up what the runners reported themselves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Counts, playwrightCounts, stageCounts, total, vitestCounts } from './counts.ts'
import { ensureBuild } from './next-build.ts'
import { runTool, stopChildrenOnSignal } from './run.ts'
import { runPlaywright } from './test-e2e.ts'
import { verify } from './verify.ts'

const UNIT_LIMIT_MS = 20 * 60_000
const E2E_LIMIT_MS = 30 * 60_000

const reports = mkdtempSync(path.join(tmpdir(), 'xwms-reports-'))

async function verifyStage(): Promise<Counts> {
  const results = await verify()
  return { passed: results.filter(({ ok }) => ok).length, failed: results.filter(({ ok }) => !ok).length }
}

/** Before the tests: those that start a server would otherwise build in the middle of a time limit. */
async function buildStage(): Promise<Counts> {
  await ensureBuild(console.log)
  return { passed: 1, failed: 0 }
}

async function unitStage(): Promise<Counts> {
  const file = path.join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await runTool('vitest/vitest.mjs', args, { timeoutMs: UNIT_LIMIT_MS })
  return stageCounts(file, code, vitestCounts)
}

async function browserStage(): Promise<Counts> {
  const file = path.join(reports, 'playwright.json')
  const { code } = await runPlaywright(['--reporter=list,json'], { timeoutMs: E2E_LIMIT_MS, reportFile: file })
  return stageCounts(file, code, playwrightCounts)
}

async function stage(name: string, work: () => Promise<Counts>): Promise<Counts & { name: string }> {
  console.log(`\n════ ${name}`)
  try {
    return { name, ...(await work()) }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { name, passed: 0, failed: 1 }
  }
}

stopChildrenOnSignal()
const results = [
  await stage('verify', verifyStage),
  await stage('build', buildStage),
  await stage('unit', unitStage),
  await stage('browser', browserStage),
]
rmSync(reports, { recursive: true, force: true })

console.log('')
for (const { name, passed, failed } of results) console.log(`${name}: passed ${passed}, failed ${failed}`)
const sum = total(results)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
// Explicit: a handle that something left open must not keep a finished run from ending.
process.exit(sum.failed > 0 ? 1 : 0)
