import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts'

/** A folder by its path and, whatever it is called, by its place on the disk. */
type Folder = { path: string; inode: string }

/** Who owns which data folder, and how others reach its database while they do. Locks of releases before this one name no folder. */
export type Owner = ProcessIdentity & { id: string; role: 'server' | 'command'; url: string | null; folder?: Folder }

export type Lock = {
  /** Publishes the address of the started database to commands on the same machine. */
  publish(url: string): void
  release(): void
}

export type LockResult = { acquired: true; lock: Lock } | { acquired: false; owner: Owner }

/**
 * Takes the lock file `file` for this process, or tells who has it. A dead owner's lock is replaced, and one that was copied with its folder. The file appears by link(2),
 * whole or not at all, and a stale one is removed by exactly one of several contenders.
 */
export async function acquireLock(file: string, role: Owner['role']): Promise<LockResult> {
  const mine: Owner = { ...ownIdentity(), id: randomUUID(), role, url: null, folder: folderOf(file) }
  const deadline = Date.now() + 10_000
  for (;;) {
    if (createExclusive(file, mine)) return { acquired: true, lock: held(file, mine) }
    const owner = readOwner(file)
    if (owner && isAlive(owner) && !isCopied(owner, mine)) return { acquired: false, owner }
    if (owner) bury(file, owner, mine)
    else if (Date.now() > deadline) throw new Error(`cannot read the lock ${file}`)
    await sleep(20)
  }
}

function folderOf(file: string): Folder {
  const folder = realpathSync(path.dirname(file))
  const { dev, ino } = statSync(folder)
  return { path: folder, inode: `${dev}:${ino}` }
}

/** Whether the lock came along when somebody copied a folder in use, such as a backup of it: its owner, and its owner's database, are another folder's. */
function isCopied({ folder: theirs }: Owner, { folder: ours }: Owner): boolean {
  // Both, since a folder may have two names, and a few file systems number their files anew.
  return theirs !== undefined && ours !== undefined && theirs.path !== ours.path && theirs.inode !== ours.inode
}

/** The present owner of `file`, dead or alive; undefined when nobody is. */
function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

function held(file: string, mine: Owner): Lock {
  return {
    publish(url) {
      mine.url = url
      writeFileSync(file, JSON.stringify(mine), { mode: 0o600 })
    },
    release() {
      if (readOwner(file)?.id === mine.id) rmSync(file, { force: true })
    },
  }
}

function createExclusive(file: string, content: Owner): boolean {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${content.id}`)
  try {
    writeFileSync(draft, JSON.stringify(content), { mode: 0o600 })
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Removes the lock of a dead owner. Only who creates the grave may; a gravedigger that died is replaced too. */
function bury(file: string, dead: Owner, mine: Owner): void {
  const grave = `${file}.${dead.id}`
  if (!createExclusive(grave, mine)) {
    const digger = readOwner(grave)
    if (digger && !isAlive(digger)) rmSync(grave, { force: true })
    return
  }
  if (readOwner(file)?.id === dead.id) rmSync(file, { force: true })
  rmSync(grave, { force: true })
}
