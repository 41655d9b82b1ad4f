import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { Failure } from '#lib/cli/errors.ts'

export type CommandQuestion = { id: number; args: string[] }
export type CommandAnswer = { id: number; data?: unknown; failure?: Failure }

/** A command waits at most a minute for the embedded database. */
const LIMIT_MS = 90_000

/** Commands of the CLI in one process that stays, beside a server that runs: most of what a command costs is the start of its process. */
export class CommandShell {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve: (answer: CommandAnswer) => void; reject: (error: Error) => void }>()
  #asked = 0

  constructor(env: NodeJS.ProcessEnv, cwd: string) {
    this.#child = fork(path.join(import.meta.dirname, 'command-shell-main.ts'), { cwd, env, execArgv: [], stdio: 'ignore' })
    this.#child.on('message', (answer: CommandAnswer) => this.#waiting.get(answer.id)?.resolve(answer))
    this.#child.once('exit', () => this.#fail(new Error('the process of the commands ended')))
    this.#child.once('error', (error) => this.#fail(error))
  }

  /** Runs one command. @throws Error with what the command said when it fails */
  async run<T>(args: string[]): Promise<T> {
    const id = ++this.#asked
    const answered = new Promise<CommandAnswer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    const late = setTimeout(() => this.#fail(new Error(`xwms ${args.join(' ')} took too long`)), LIMIT_MS)
    try {
      this.#child.send({ id, args } satisfies CommandQuestion)
      const { data, failure } = await answered
      if (failure) throw new Error(`xwms ${args.join(' ')} failed (${failure.exitCode}): ${JSON.stringify(failure)}`)
      return data as T
    } finally {
      clearTimeout(late)
      this.#waiting.delete(id)
    }
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect()
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
  }
}
