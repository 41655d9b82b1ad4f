import { log } from '#lib/log.ts'
import { singleton } from '#lib/registry.ts'

type Step = { name: string; run: () => unknown }
type State = { steps: Step[]; stopping: Promise<void> | undefined }

/** The whole stop must end in this time, or the process ends without it. */
const STOP_TIMEOUT_MS = 30_000

function state(): State {
  return singleton('server.stop', () => ({ steps: [], stopping: undefined }))
}

/** Registers what to do at the stop. Steps run in reverse order: what was started last stops first. */
export function onStop(name: string, run: () => unknown): void {
  state().steps.push({ name, run })
}

/** Whether the stop has begun. */
export function isStopping(): boolean {
  return state().stopping !== undefined
}

/** Runs all steps once; later calls wait for the first. A step that fails does not keep the others from running. */
export function stopAll(): Promise<void> {
  const current = state()
  current.stopping ??= (async () => {
    for (const { name, run } of current.steps.reverse()) {
      try {
        await run()
      } catch (err) {
        log().error({ err, step: name }, 'stop step failed')
      }
    }
  })()
  return current.stopping
}

/** Stops in order on SIGTERM and SIGINT; a second signal ends the process at once. */
export function stopOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping()) process.exit(1)
      log().info({ signal }, 'stopping')
      setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
      stopAll().then(() => process.exit(0))
    })
  }
}
