import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process named so that a reused pid is not mistaken for it. */
export type ProcessIdentity = { pid: number; startedAt: string }

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid) ?? 'unknown' }
}

/** Whether that very process still runs. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return exists(pid) && (startedAt === 'unknown' || startOf(pid) === startedAt)
}

/** Whether some process has this pid and is not a zombie. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statFields(pid)?.state !== 'Z'
}

/** The command line of `pid`, or an empty string. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).stdout ?? ''
  }
}

function startOf(pid: number): string | undefined {
  const fields = statFields(pid)
  if (fields) return fields.start
  const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).stdout?.trim()
  return started || undefined
}

function statFields(pid: number): { state: string; start: string } | undefined {
  try {
    // proc(5): the command is in parentheses and may hold spaces; state is field 3, start time in clock ticks field 22.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: rest[0] ?? '', start: rest[19] ?? 'unknown' }
  } catch {
    return undefined
  }
}
