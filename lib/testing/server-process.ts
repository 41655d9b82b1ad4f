import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv } from '#lib/env.ts'
import { CommandShell } from './command-shell.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Generous: the machine may be busy with a build. */
const READY_TIMEOUT_MS = 90_000
const STOP_TIMEOUT_MS = 30_000

export type StartOptions = {
  /** Kept when given; otherwise a temporary one that `dispose` removes. */
  dataDir?: string
  env?: Record<string, string | undefined>
  /** Run as this user and group (only root may). */
  uid?: number
  port?: number
  /** Start it as people do, by `npm start`: npm and its shell stand between. */
  byNpm?: boolean
  /** Another file than server.ts, which imports it. */
  entry?: string
}

/** How a process ended. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null }

/** A real `node server.ts` (or a command of the CLI beside it) on a data folder of its own. */
export class ServerProcess {
  readonly port: number
  readonly dataDir: string
  /** The origin, by `localhost` as in `PUBLIC_URL`. */
  readonly url: string
  readonly exited: Promise<Exit>
  readonly #child: ChildProcess
  readonly #env: NodeJS.ProcessEnv
  readonly #options: StartOptions
  #output = ''
  #exit: Exit | undefined
  #shell: CommandShell | undefined

  constructor(port: number, dataDir: string, options: StartOptions) {
    this.port = port
    this.dataDir = dataDir
    this.#options = options
    this.#env = serverEnv(port, dataDir, options.env)
    this.url = this.#env.PUBLIC_URL ?? `http://localhost:${port}`
    const user = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }
    const [command, args] = options.byNpm ? ['npm', ['start']] : [process.execPath, [options.entry ?? 'server.ts']]
    this.#child = spawn(command, args, { cwd: ROOT, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'], ...user })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += String(chunk)
      })
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#output += `${error.message}\n`
        resolve({ code: null, signal: null })
      })
      this.#child.once('close', (code, signal) => {
        this.#exit = { code, signal }
        resolve(this.#exit)
      })
    })
  }

  get pid(): number {
    return this.#child.pid as number
  }

  /** Everything that the server wrote, both streams. */
  get output(): string {
    return this.#output
  }

  get running(): boolean {
    return this.#exit === undefined
  }

  /** Waits until /readyz answers `status`. @throws Error with the server's output when it ends or takes too long. */
  async ready(status = 200): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS
    while (this.running && Date.now() < deadline) {
      if ((await this.status('/readyz')) === status) return
      await sleep(25)
    }
    throw new Error(`the server ${this.running ? `did not answer ${status} on /readyz` : 'ended'}:\n${this.#output.slice(-4000)}`)
  }

  /** The status of a GET, without following redirects; undefined when nobody answers. */
  async status(target: string): Promise<number | undefined> {
    try {
      const response = await fetch(`${this.url}${target}`, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
      await response.arrayBuffer()
      return response.status
    } catch {
      return undefined
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Asks the server to end and waits; force only after 30 s, so that a hang shows as a signal in the answer. */
  async stop(): Promise<Exit> {
    this.#shell?.stop()
    this.#shell = undefined
    this.kill('SIGTERM')
    const late = setTimeout(() => this.kill('SIGKILL'), STOP_TIMEOUT_MS)
    const exit = await this.exited
    clearTimeout(late)
    return exit
  }

  /** Stops the server when it still runs, and removes a temporary data folder. */
  async dispose(): Promise<void> {
    this.#shell?.stop()
    if (this.running) await this.stop()
    if (!this.#options.dataDir) rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** The pid of the embedded PostgreSQL now; undefined when its file is gone. */
  postgresPid(): number | undefined {
    try {
      return Number(readFileSync(path.join(this.dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    } catch {
      return undefined
    }
  }

  /** Does what `npm run xwms -- …args --json` does on the same installation. @throws Error with its answer when it fails. */
  async cli<T = Record<string, unknown>>(...args: string[]): Promise<T> {
    this.#shell ??= new CommandShell(this.#env, ROOT)
    return this.#shell.run<T>(args)
  }

  /** Runs `npm run xwms -- …args --json` as a process of its own, on the same installation. */
  async tryCli(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, ['lib/cli/main.ts', ...args, '--json'], {
      cwd: ROOT,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk)
    })
    const late = setTimeout(() => child.kill('SIGKILL'), READY_TIMEOUT_MS)
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    clearTimeout(late)
    return { code, stdout, stderr }
  }
}

/** Starts a server without waiting for it. */
export async function spawnServer(options: StartOptions = {}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? temporaryDataDir()
  return new ServerProcess(options.port ?? (await freePort()), dataDir, options)
}

/** Starts a server and waits until it is ready; a failed start leaves nothing behind. */
export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const server = await spawnServer(options)
  try {
    await server.ready()
    return server
  } catch (error) {
    await server.dispose()
    throw error
  }
}

/** A data folder that whoever runs PostgreSQL may pass through. */
export function temporaryDataDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-data-'))
  chmodSync(dir, 0o755)
  return dir
}

/** Whether a process of this id exists (and is not only waiting to be collected). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

/** Waits until `condition` holds, looking every 25 ms. @throws Error naming `what` after `timeoutMs`. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await sleep(25)
  }
}

/** A TCP port of this machine that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Only what the server should see: a test runner's own variables, or a developer's, must not leak in. */
function serverEnv(port: number, dataDir: string, overrides: StartOptions['env'] = {}): NodeJS.ProcessEnv {
  const { PATH, HOME } = childEnv()
  return {
    PATH,
    HOME,
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: dataDir,
    ...overrides,
  }
}
