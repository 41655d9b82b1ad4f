import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { stopOrphan } from './orphan.ts'
import { exists } from './process-identity.ts'

/** A folder as a PostgreSQL leaves it that had no time to clean up and had this pid. */
function left(pid: number): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-orphan-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const name of ['data', 'socket']) mkdirSync(path.join(dir, name))
  const socket = path.join(dir, 'socket')
  writeFileSync(path.join(dir, 'data/postmaster.pid'), [pid, path.join(dir, 'data'), 1, 5432, socket, '', '1 1', 'ready', ''].join('\n'))
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) writeFileSync(path.join(socket, name), `${pid}\n`)
  return dir
}

it('forgets a PostgreSQL whose pid another program has, and leaves that program alone', async () => {
  const other = spawn('sleep', ['60'])
  onTestFinished(() => void other.kill())
  const dir = left(other.pid as number)
  await stopOrphan(dir)
  expect(existsSync(path.join(dir, 'data/postmaster.pid'))).toBe(false)
  expect(readdirSync(path.join(dir, 'socket'))).toEqual([])
  expect(exists(other.pid as number)).toBe(true)
})

it('ends one that runs on this data', async () => {
  const dir = left(0)
  const data = path.join(dir, 'data')
  // What tells it from others is its command line.
  const postgres = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', 'postgres', data])
  onTestFinished(() => void postgres.kill())
  const signal = new Promise((resolve) => postgres.once('exit', (_code, by) => resolve(by)))
  writeFileSync(path.join(data, 'postmaster.pid'), `${postgres.pid}\n${data}\n`)
  await stopOrphan(dir)
  expect(await signal).toBe('SIGINT')
})
