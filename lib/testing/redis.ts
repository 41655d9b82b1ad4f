import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createClient } from 'redis'
import { childEnv } from '#lib/env.ts'
import { until } from './server-process.ts'

const run = promisify(execFile)
const BINARIES = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server']
const INSTALL_MS = 180_000

/**
 * The path of redis-server; as root on Debian it installs the package when it is missing. @throws Error that names the package: tests
 * that need it fail rather than pass unseen.
 */
export async function ensureRedis(): Promise<string> {
  const found = BINARIES.find((file) => existsSync(file))
  if (found) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('these tests need redis-server: install the package redis-server')
  const env = childEnv({ DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' })
  const install = ['install', '-y', '--no-install-recommends', 'redis-server']
  const options = { env, timeout: INSTALL_MS }
  try {
    await run('apt-get', install, options).catch(async () => {
      await run('apt-get', ['update'], options)
      await run('apt-get', install, options)
    })
  } catch (error) {
    throw new Error('these tests need redis-server, and installing the package redis-server failed', { cause: error })
  }
  return BINARIES[0] as string
}

/** A Redis of its own, on a free port, that keeps nothing. */
export class TestRedis {
  readonly #binary: string
  readonly #port: number
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'xwms-redis-'))
  #child: ChildProcess | undefined

  constructor(binary: string, port: number) {
    this.#binary = binary
    this.#port = port
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const args = [
      '--port',
      String(this.#port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.#dir,
      '--save',
      '',
      '--appendonly',
      'no',
      '--daemonize',
      'no',
    ]
    this.#child = spawn(this.#binary, args, { stdio: 'ignore' })
    await until('Redis answers', () => this.#answers())
  }

  /** Ends it as a crash would, and waits until it is gone. */
  async stop(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** Stops it and removes its folder. */
  async dispose(): Promise<void> {
    await this.stop()
    rmSync(this.#dir, { recursive: true, force: true })
  }

  async #answers(): Promise<boolean> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: false, connectTimeout: 1_000 } })
    client.on('error', () => {})
    try {
      await client.connect()
      return (await client.ping()) === 'PONG'
    } catch {
      return false
    } finally {
      if (client.isOpen) client.destroy()
    }
  }
}
