import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { childEnv } from '#lib/env.ts'
import { APP_SECRET } from './constants.ts'

export type GateQuestion = { headers: [string, string][]; times: number; ip?: string }

/** A process of its own with the gate in it, asked over IPC: what a second server on the same database is to the first. */
export class GateProcess {
  readonly #child: ChildProcess

  constructor(env: Record<string, string>) {
    const script = path.join(import.meta.dirname, 'gate-process-main.ts')
    this.#child = fork(script, { env: childEnv({ NODE_ENV: 'test', LOG_LEVEL: 'silent', APP_SECRET, ...env }), execArgv: [] })
  }

  /** Waits until it is there. @throws Error when it ends instead. */
  async ready(): Promise<void> {
    await this.#next()
  }

  /** Asks `times` times at once. Answers the codes, `ok` for a pass. */
  async ask(question: GateQuestion): Promise<string[]> {
    this.#child.send(question)
    return (await this.#next()) as string[]
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
  }

  async #next(): Promise<unknown> {
    const done = new AbortController()
    const { signal } = done
    const ended = once(this.#child, 'exit', { signal }).then(([code]) => {
      throw new Error(`the gate's process ended with ${code}`)
    })
    try {
      const [message] = (await Promise.race([once(this.#child, 'message', { signal }), ended])) as unknown[]
      return message
    } finally {
      ended.catch(() => {})
      done.abort()
    }
  }
}

/** Starts `count` of them on one database. */
export async function startGateProcesses(count: number, env: Record<string, string>): Promise<GateProcess[]> {
  const all = Array.from({ length: count }, () => new GateProcess(env))
  await Promise.all(all.map((each) => each.ready()))
  return all
}
