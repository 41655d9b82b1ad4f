import { pool } from '#lib/db.ts'
import { env, exportForLibraries } from '#lib/env.ts'
import { dataKeysLoaded, loadDataKeys } from '#lib/secrets/index.ts'
import { singleton } from '#lib/registry.ts'

/**
 * Opens the data keys where no server of ours has: on hosts that run only Next. The database must be an external one that a server or
 * a command has migrated. @throws Error when there is none, or APP_SECRET does not fit.
 */
export async function ready(): Promise<void> {
  if (dataKeysLoaded()) return
  const { APP_SECRET, APP_SECRET_PREVIOUS } = env()
  if (!APP_SECRET) throw new Error('without server.ts, DATABASE_URL and APP_SECRET must be set')
  exportForLibraries()
  const opening = singleton('web.ready', () => ({ done: undefined as Promise<void> | undefined }))
  opening.done ??= loadDataKeys(pool() as never, APP_SECRET, APP_SECRET_PREVIOUS).finally(() => {
    opening.done = undefined
  })
  await opening.done
}
