import { readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine, exists } from './process-identity.ts'

const STOP_TIMEOUT_MS = 20_000

/**
 * Ends a PostgreSQL that a dead owner left running on the data of `dir`, and takes away what would keep the next from starting; the lock says that the
 * owner is dead. @throws Error when it does not stop in forty seconds
 */
export async function stopOrphan(dir: string): Promise<void> {
  const data = path.join(dir, 'data')
  const deadline = Date.now() + STOP_TIMEOUT_MS
  let signal: NodeJS.Signals = 'SIGINT'
  for (let first = true; ; first = false) {
    const pid = Number(readPidFile(data)[0])
    if (!pid || !exists(pid)) return
    if (!isPostgresOn(pid, data)) return forget(dir)
    if (first || (Date.now() > deadline && signal === 'SIGINT')) {
      if (!first) signal = 'SIGQUIT'
      process.kill(pid, signal)
    }
    if (Date.now() > deadline + STOP_TIMEOUT_MS) throw new Error(`a PostgreSQL left by an earlier server (pid ${pid}) does not stop`)
    await sleep(50)
  }
}

/** Lines of postmaster.pid: pid, data folder, start time, port, socket folder, address, shared memory key, status. None when there is no such file. */
export function readPidFile(data: string): string[] {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isPostgresOn(pid: number, data: string): boolean {
  const line = commandLine(pid)
  // The folder may have been called by another name when that one started.
  return line.includes('postgres') && (line.includes(data) || isSameFolder(readPidFile(data)[1] ?? '', data))
}

function isSameFolder(one: string, other: string): boolean {
  const [a, b] = [statSync(one, { throwIfNoEntry: false }), statSync(other, { throwIfNoEntry: false })]
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

/**
 * Removes the notes of a PostgreSQL that is gone while another process has its pid: after a power cut or in a container, where pids begin anew, or in a
 * copy of the data of one that runs. PostgreSQL takes any process of its own user for the one that wrote them. It still looks for shared memory
 * of this data, so two never have it.
 */
function forget(dir: string): void {
  rmSync(path.join(dir, 'data/postmaster.pid'), { force: true })
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(path.join(dir, 'socket', name), { force: true })
}
