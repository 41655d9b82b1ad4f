import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import type { PasswordAnswer, PasswordTask } from './password-worker.ts'

/** Waiting tasks per thread, about a quarter of a second each: more than this and the person is better told to come back. */
const QUEUE_PER_THREAD = 24
const RETRY_AFTER_S = 5

type Waiting = { resolve: (value: string | boolean) => void; reject: (error: unknown) => void }
type Thread = { worker: Worker; waiting: Map<number, Waiting> }

/** Threads that hash and compare passwords, with a bounded queue. One pool a process: see `passwordHasher`. */
export class PasswordPool {
  readonly #threads: (Thread | undefined)[]
  #lastId = 0

  constructor(size: number = Math.max(1, Math.min(4, availableParallelism() - 1))) {
    this.#threads = Array.from({ length: size })
  }

  /** bcrypt of at most 72 bytes without NUL. @throws AppError busy when too many wait. */
  async hash(password: string): Promise<string> {
    return (await this.#run(password, null)) as string
  }

  /** Whether `password` fits `hash`. @throws AppError busy when too many wait. */
  async compare(password: string, hash: string): Promise<boolean> {
    return (await this.#run(password, hash)) as boolean
  }

  #run(password: string, hash: string | null): Promise<string | boolean> {
    const thread = this.#leastBusy()
    if (thread.waiting.size >= QUEUE_PER_THREAD) return Promise.reject(new AppError('busy', { retryAfter: RETRY_AFTER_S }))
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject })
      thread.worker.ref()
      thread.worker.postMessage({ id, password, hash } satisfies PasswordTask)
    })
  }

  #leastBusy(): Thread {
    let best = -1
    for (let index = 0; index < this.#threads.length; index++) {
      const load = this.#threads[index]?.waiting.size ?? 0
      if (load === 0) {
        best = index
        break
      }
      if (best < 0 || load < (this.#threads[best]?.waiting.size ?? 0)) best = index
    }
    this.#threads[best] ??= this.#start(best)
    return this.#threads[best] as Thread
  }

  #start(index: number): Thread {
    const worker = new Worker(/* turbopackIgnore: true */ workerFile(), { execArgv: [], name: 'password' })
    const thread: Thread = { worker, waiting: new Map() }
    worker.unref()
    worker.on('message', (answer: PasswordAnswer) => {
      const waiting = thread.waiting.get(answer.id)
      thread.waiting.delete(answer.id)
      // Idle threads do not keep a command's process alive.
      if (thread.waiting.size === 0) worker.unref()
      if ('error' in answer) waiting?.reject(new Error(`password hashing: ${answer.error}`))
      else waiting?.resolve(answer.result)
    })
    const lost = (cause: unknown) => {
      if (this.#threads[index] === thread) this.#threads[index] = undefined
      if (thread.waiting.size > 0) log().error({ err: cause }, 'password thread lost')
      for (const { reject } of thread.waiting.values()) reject(new AppError('unavailable', { cause }))
      thread.waiting.clear()
    }
    worker.on('error', lost)
    worker.on('exit', (code) => lost(new Error(`exit ${code}`)))
    return thread
  }
}

/** The file beside this one. In Next's bundle there is no "beside": there it is found from the project's folder, where the server runs. */
function workerFile(): string {
  const beside = path.join(/* turbopackIgnore: true */ import.meta.dirname ?? '', 'password-worker.ts')
  if (existsSync(/* turbopackIgnore: true */ beside)) return beside
  return path.join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'accounts', 'password-worker.ts')
}
