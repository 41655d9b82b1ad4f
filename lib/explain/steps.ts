import type { LoggedCheck } from '#lib/requests/index.ts'
import type { Step } from './types.ts'

/** The checks in order, with their numbers. */
export function stepsOf(checks: readonly LoggedCheck[]): Step[] {
  return checks.map(({ verdict, ...check }, index) => ({ ...check, number: index + 1, verdict: check.monitored ? 'monitored' : verdict }))
}

/** The check that refused. */
export function firstFailure(steps: readonly Step[] | null): string | null {
  return steps?.find(({ verdict }) => verdict === 'failed')?.check ?? null
}
