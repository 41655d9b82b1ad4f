import { readFileSync } from 'node:fs'

/** How many tests passed and failed. A skipped test counts as failed: a green run means that everything ran. */
export type Counts = { passed: number; failed: number }

type VitestReport = {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] }

/** Counts of Vitest's JSON report; a file that could not even be loaded is one failure. */
export function vitestCounts(report: VitestReport): Counts {
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloadable
  return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed }
}

/** Counts of Playwright's JSON report; an error outside a test (a fixture, a config) is one failure. */
export function playwrightCounts({ stats, errors }: PlaywrightReport): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length }
}

/**
 * The counts of a stage: read from its report, and one failure when there is no report, when nothing ran, or when the runner
 * ended badly though its report is clean.
 */
export function stageCounts<T>(file: string, exitCode: number | null, read: (report: T) => Counts): Counts {
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')) as T)
    const unexplained = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0)
    return unexplained ? { passed: counts.passed, failed: 1 } : counts
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** The sum of all. */
export function total(all: Counts[]): Counts {
  return { passed: all.reduce((sum, { passed }) => sum + passed, 0), failed: all.reduce((sum, { failed }) => sum + failed, 0) }
}
