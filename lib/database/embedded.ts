import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { childEnv } from '../env.ts'
import { lastFatal } from './last-fatal.ts'
import { readPidFile, stopOrphan } from './orphan.ts'
import { findPrograms, type Programs } from './programs.ts'
import { chooseRunAs, type RunAs } from './run-as.ts'

const USER = 'xwms'
const DATABASE = 'xwms'
/** A crashed predecessor may hold its shared memory for about 15 s; recovery of a large log takes longer. */
const START_TIMEOUT_MS = 120_000
/** Longer than that with one reason: somebody should read it, and not only when the time above is over. */
const SILENT_MS = 3_000
const STOP_TIMEOUT_MS = 20_000
/** sockaddr_un holds 107 bytes on Linux, 103 on macOS; ".s.PGSQL.5432" takes 14. */
const SOCKET_DIR_LIMIT = 88

export type EmbeddedOptions = {
  /** The folder for everything of this database. */
  dir: string
  maxConnections: number
  /** Told when PostgreSQL ended by itself and is being started again. */
  onCrash?: (detail: { code: number | null; signal: string | null }) => void
  /** Told once when PostgreSQL has refused to start for some seconds, and why; it is tried on. */
  onRetry?: (why: string) => void
  /** For tests, whose data nobody needs after a power cut. */
  durable?: boolean
}

export type EmbeddedDatabase = { url: string; pid: () => number | undefined; stop: () => Promise<void> }

/**
 * Starts the packaged PostgreSQL in `dir`, making the cluster on first use, and keeps it running: if it is killed, it is started
 * again. The caller must own the folder (see lock.ts). @throws Error when it does not come up; its log is `postgres.log`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dir = options.dir
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const programs = await findPrograms()
  const runAs = chooseRunAs(existingData(dir) ?? path.join(dir, 'none'), programs.dir)
  if (runAs.owner) chownSync(dir, runAs.owner, runAs.owner)
  chmodSync(dir, 0o700)

  const password = await createCluster(dir, programs, runAs)
  await stopOrphan(dir)
  const instance = new Instance(dir, programs, runAs, options)
  const address = await instance.start()
  const url = connectionUrl(address, password)
  await createDatabase(url)
  return { url: withDatabase(url, DATABASE), pid: () => instance.pid, stop: () => instance.stop() }
}

function existingData(dir: string): string | undefined {
  const data = path.join(dir, 'data')
  return existsSync(data) ? data : undefined
}

type Address = { socketDir: string; port: number } | { host: string; port: number }

function connectionUrl(address: Address, password: string): string {
  const login = `${USER}:${password}`
  if ('socketDir' in address)
    return `postgresql://${login}@localhost:${address.port}/postgres?host=${encodeURIComponent(address.socketDir)}`
  return `postgresql://${login}@${address.host}:${address.port}/postgres`
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}

async function createCluster(dir: string, programs: Programs, runAs: RunAs): Promise<string> {
  const data = path.join(dir, 'data')
  const passwordFile = path.join(dir, 'password')
  if (existsSync(path.join(data, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8').trim()

  // Into a draft folder that is renamed when whole: an initdb that was cut off leaves nothing that looks like a cluster.
  const draft = path.join(dir, 'data.draft')
  rmSync(draft, { recursive: true, force: true })
  const password = randomBytes(24).toString('hex')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (runAs.owner) chownSync(passwordFile, runAs.owner, runAs.owner)
  const args = ['-D', draft, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions']
  const [command = '', ...rest] = [...runAs.prefix, programs.initdb, ...args, ...locale]
  const child = spawn(command, rest, { env: cleanEnv(), stdio: ['ignore', 'ignore', 'pipe'], cwd: dir })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`initdb failed (${code}): ${stderr.trim().slice(0, 500)}`)
  renameSync(draft, data)
  return password
}

/** PostgreSQL gets no secrets of ours in its environment. */
function cleanEnv(): NodeJS.ProcessEnv {
  const { PATH } = childEnv()
  return { PATH, LC_ALL: 'C', NODE_ENV: 'production' }
}

class Instance {
  #child: ChildProcess | undefined
  #stopping = false
  #address: Address | undefined
  readonly #dir: string
  readonly #programs: Programs
  readonly #runAs: RunAs
  readonly #options: EmbeddedOptions

  constructor(dir: string, programs: Programs, runAs: RunAs, options: EmbeddedOptions) {
    this.#dir = dir
    this.#programs = programs
    this.#runAs = runAs
    this.#options = options
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<Address> {
    const socketDir = path.join(this.#dir, 'socket')
    const fits = Buffer.byteLength(socketDir) <= SOCKET_DIR_LIMIT
    if (fits) {
      mkdirSync(socketDir, { recursive: true, mode: 0o700 })
      if (this.#runAs.owner) chownSync(socketDir, this.#runAs.owner, this.#runAs.owner)
    }
    this.#address = fits ? { socketDir, port: 5432 } : { host: '127.0.0.1', port: await freePort() }
    await this.#launchUntilReady()
    return this.#address
  }

  async #launchUntilReady(): Promise<void> {
    const begun = Date.now()
    const deadline = begun + START_TIMEOUT_MS
    const logged = this.#logSize()
    for (let silent = true; !this.#stopping; ) {
      const child = this.#launch()
      if (await this.#becomesReady(child, deadline)) return this.#watch(child)
      const why = lastFatal(this.#logFile(), logged)
      if (Date.now() > deadline) {
        child.kill('SIGQUIT')
        throw new Error(`PostgreSQL does not start${why ? ` (${why})` : ''}; see ${this.#logFile()}`)
      }
      if (silent && why && Date.now() > begun + SILENT_MS) {
        silent = false
        this.#options.onRetry?.(why)
      }
      await sleep(250)
    }
  }

  #launch(): ChildProcess {
    const address = this.#address as Address
    const settings = {
      listen_addresses: 'socketDir' in address ? '' : address.host,
      unix_socket_directories: 'socketDir' in address ? address.socketDir : '',
      unix_socket_permissions: '0700',
      port: address.port,
      max_connections: this.#options.maxConnections,
      shared_buffers: '64MB',
      logging_collector: 'off',
      log_min_messages: 'warning',
      ...(this.#options.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    }
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const [command = '', ...args] = [...this.#runAs.prefix, this.#programs.postgres, '-D', path.join(this.#dir, 'data'), ...flags]
    const logFile = this.#logFile()
    if (this.#logSize() > 5_000_000) renameSync(logFile, `${logFile}.1`)
    const output = openSync(logFile, 'a', 0o600)
    // Detached: Ctrl-C goes to the whole foreground group, and we stop PostgreSQL ourselves after the last request.
    const child = spawn(command, args, { env: cleanEnv(), stdio: ['ignore', output, output], detached: true, cwd: this.#dir })
    child.once('error', () => {})
    this.#child = child
    return child
  }

  async #becomesReady(child: ChildProcess, deadline: number): Promise<boolean> {
    const data = path.join(this.#dir, 'data')
    while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
      const lines = readPidFile(data)
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
      await sleep(15)
    }
    return false
  }

  #watch(child: ChildProcess): void {
    child.once('exit', (code, signal) => {
      if (this.#stopping) return
      this.#options.onCrash?.({ code, signal })
      this.#launchUntilReady().catch(() => this.#options.onCrash?.({ code: null, signal: 'did not start again' }))
    })
  }

  async stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    // Fast shutdown: ends sessions, writes a checkpoint. SIGQUIT (crash, then recovery) only when that takes too long.
    child.kill('SIGINT')
    const late = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS)
    await exited
    clearTimeout(late)
  }

  #logSize(): number {
    return statSync(this.#logFile(), { throwIfNoEntry: false })?.size ?? 0
  }

  #logFile(): string {
    return path.join(path.dirname(this.#dir), 'postgres.log')
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}
