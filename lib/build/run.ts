import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv } from '../env.ts'

/** The checkout: where every command of the project runs. */
const ROOT = path.resolve(import.meta.dirname, '../..')

/** How a command ended; `timedOut` when it was stopped for taking too long. */
export type Outcome = { code: number | null; timedOut: boolean; seconds: number }

const running = new Set<ChildProcess>()
/** Between the request to stop and the force. */
const GRACE_MS = 10_000

/**
 * Runs a command in the checkout, its output on ours, without input, for at most `timeoutMs`. It gets a process group of its own,
 * which is ended with it: nothing that it started stays behind.
 */
export async function run(command: string, args: string[], options: { timeoutMs: number; env?: Record<string, string> }): Promise<Outcome> {
  const begin = performance.now()
  // The project's own Node first, also for tools that start `node` themselves.
  const PATH = [path.join(ROOT, 'node_modules/.bin'), path.dirname(process.execPath), childEnv().PATH].join(path.delimiter)
  const env = childEnv({ PATH, FORCE_COLOR: '0', ...options.env })
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  running.add(child)
  let timedOut = false
  const late = setTimeout(() => {
    timedOut = true
    void stopGroup(child)
  }, options.timeoutMs)
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(null)
    })
    child.once('exit', (exitCode) => resolve(exitCode))
  })
  clearTimeout(late)
  signalGroup(child, 'SIGKILL')
  running.delete(child)
  return { code, timedOut, seconds: (performance.now() - begin) / 1000 }
}

/** Runs one of the project's JavaScript tools (a path below node_modules) with the project's Node. */
export function runTool(script: string, args: string[], options: { timeoutMs: number; env?: Record<string, string> }): Promise<Outcome> {
  return run(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], options)
}

/** Makes Ctrl-C and SIGTERM end what runs before this process ends. */
export function stopChildrenOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await Promise.all([...running].map(stopGroup))
      process.exit(signal === 'SIGINT' ? 130 : 143)
    })
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM')
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await Promise.race([exited, sleep(GRACE_MS, undefined, { ref: false })])
  signalGroup(child, 'SIGKILL')
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch {
    // Nobody is left in the group.
  }
}
