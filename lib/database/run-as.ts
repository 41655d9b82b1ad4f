import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** nobody: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65534

/** How to start PostgreSQL's programs from this process: a command prefix, and who must own the data folder. */
export type RunAs = { prefix: string[]; owner: number | null; diesWithParent: boolean }

/**
 * Chooses a way. Not root: as is. Root, when nobody (65534) can reach the programs and the data: as nobody. Root otherwise
 * (say, below root's own home): in a user namespace where root appears as nobody, so that files stay root's.
 * @throws Error when root has no such way.
 */
export function chooseRunAs(dataDir: string, programDir: string): RunAs {
  const diesWithParent = process.platform === 'linux' && works('setpriv', '--pdeathsig', 'INT', 'true')
  const deathSignal = diesWithParent ? ['setpriv', '--pdeathsig', 'INT'] : []
  if (process.getuid?.() !== 0) return { prefix: deathSignal, owner: null, diesWithParent }

  const ownedByRoot = ownerOf(dataDir) === 0
  const reachable = traversable(dataDir) && traversable(programDir)
  if (!ownedByRoot && reachable && works('setpriv', `--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups', 'true')) {
    const drop = ['setpriv', `--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups']
    return { prefix: diesWithParent ? [...drop, '--pdeathsig', 'INT'] : drop, owner: UNPRIVILEGED, diesWithParent }
  }
  const namespace = ['unshare', '--user', `--map-user=${UNPRIVILEGED}`, `--map-group=${UNPRIVILEGED}`]
  if (works(...(namespace as [string, ...string[]]), 'true')) {
    return { prefix: [...namespace, ...deathSignal], owner: 0, diesWithParent }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and neither setpriv nor unshare (util-linux) can help here: start as another user, or set DATABASE_URL',
  )
}

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}

function ownerOf(dir: string): number | undefined {
  return statSync(dir, { throwIfNoEntry: false })?.uid
}

/** Whether everyone may pass through every folder above `dir` (its own mode is ours to set). */
function traversable(dir: string): boolean {
  for (let parent = path.dirname(dir); ; parent = path.dirname(parent)) {
    const mode = statSync(parent, { throwIfNoEntry: false })?.mode
    if (mode !== undefined && (mode & 0o001) === 0) return false
    if (parent === path.dirname(parent)) return true
  }
}
