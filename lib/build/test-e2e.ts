// npm run test:e2e [-- playwright arguments]: the flows in a real browser against the built server.
import { ensureBrowser } from './browser.ts'
import { ensureBuild } from './next-build.ts'
import { ensurePrismaClient } from './prisma-client.ts'
import { type Outcome, runTool, stopChildrenOnSignal } from './run.ts'

/** Runs Playwright with `args`; `reportFile` gets its JSON report. @throws Error when there is no browser or no build. */
export async function runPlaywright(args: string[], options: { timeoutMs: number; reportFile?: string }): Promise<Outcome> {
  ensurePrismaClient()
  ensureBrowser()
  await ensureBuild(console.log)
  const config = args.some((arg) => /^(-c|--config)/.test(arg)) ? [] : ['--config', 'e2e/playwright.config.ts']
  const report: Record<string, string> = options.reportFile ? { PLAYWRIGHT_JSON_OUTPUT_FILE: options.reportFile } : {}
  return runTool('playwright/cli.js', ['test', ...config, ...args], { timeoutMs: options.timeoutMs, env: report })
}

if (import.meta.main) {
  stopChildrenOnSignal()
  const { code } = await runPlaywright(process.argv.slice(2), { timeoutMs: 1_800_000 })
  process.exitCode = code ?? 1
}
