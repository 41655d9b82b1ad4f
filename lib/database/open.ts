import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase, setDatabaseUrl } from '../db.ts'
import { type Env, env } from '../env.ts'
import { log } from '../log.ts'
import { loadDataKeys } from '../secrets/index.ts'
import { generatedSecret } from './app-secret.ts'
import { startEmbedded } from './embedded.ts'
import { acquireLock, type Lock, type Owner } from './lock.ts'
import { migrate, withBootLock } from './migrate.ts'
import { seed } from './seed.ts'

/** The database cannot be used now, said in one line for a person. */
class DatabaseBusyError extends Error {
  constructor(line: string) {
    super(line)
    this.name = 'DatabaseBusyError'
  }
}

export type OpenDatabase = { url: string; appSecret: string; close: () => Promise<void> }

/** How long a server waits for a command that has the embedded database, and a command for another. */
const COMMAND_WAIT_MS = 60_000

/**
 * Makes the database usable for this process: starts the embedded one or reaches the external one, applies migrations and seed, and
 * opens the data keys. A `server` must own the embedded database; a `command` uses the server's when one runs.
 * @throws DatabaseBusyError when another server owns the data folder.
 */
export async function openDatabase(role: Owner['role']): Promise<OpenDatabase> {
  const settings = env()
  const opened = settings.DATABASE_URL ? external(settings, settings.DATABASE_URL) : await embedded(settings, role)
  try {
    setDatabaseUrl(opened.url)
    await prepare(opened.url, opened.appSecret, settings.APP_SECRET_PREVIOUS)
  } catch (error) {
    await opened.close()
    throw error
  }
  return opened
}

/** Migrations, seed and keys under the boot lock: any number of processes may start at once. */
export async function prepare(url: string, appSecret: string, previous?: string): Promise<void> {
  await withBootLock(url, async (client) => {
    const applied = await migrate(client)
    if (applied.length > 0) log().info({ applied }, 'migrations applied')
    await seed(client)
    await loadDataKeys(client, appSecret, previous)
  })
}

function external(settings: Env, url: string): OpenDatabase {
  return { url, appSecret: settings.APP_SECRET as string, close: closeDatabase }
}

async function embedded(settings: Env, role: Owner['role']): Promise<OpenDatabase> {
  const dir = settings.DATA_DIR
  mkdirSync(dir, { recursive: true })
  const appSecret = settings.APP_SECRET ?? generatedSecret(path.join(dir, 'app-secret'))
  const lock = await own(path.join(dir, 'owner.json'), role)
  if ('url' in lock) return { url: lock.url, appSecret, close: closeDatabase }
  try {
    const database = await startEmbedded({
      dir: path.join(dir, 'postgres'),
      // For each worker a pool, its log's connection, its listeners and jobs. As much again for commands, or a server that takes over.
      maxConnections: (settings.WORKERS + 1) * (settings.DATABASE_POOL + 5) + 20,
      onRetry: (why) => log().warn({ why }, 'embedded PostgreSQL does not start yet; trying on for two minutes'),
      onCrash: (detail) => log().error(detail, 'embedded PostgreSQL ended by itself; starting it again'),
    })
    lock.publish(database.url)
    return {
      url: database.url,
      appSecret,
      close: async () => {
        await closeDatabase()
        await database.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The lock of the data folder, or the address of the database that its owner runs. */
async function own(file: string, role: Owner['role']): Promise<Lock | { url: string }> {
  const deadline = Date.now() + COMMAND_WAIT_MS
  for (;;) {
    const result = await acquireLock(file, role)
    if (result.acquired) return result.lock
    const { owner } = result
    if (owner.role === 'server' && role === 'server') {
      throw new DatabaseBusyError(
        `another server (pid ${owner.pid}) already uses ${path.dirname(file)}: stop it, or set DATA_DIR to another folder`,
      )
    }
    // A command ends soon and takes its database with it, so only a server's is worth connecting to.
    if (owner.role === 'server' && owner.url) return { url: owner.url }
    if (Date.now() > deadline) throw new DatabaseBusyError(`pid ${owner.pid} has kept ${path.dirname(file)} busy for a minute`)
    await sleep(50)
  }
}
