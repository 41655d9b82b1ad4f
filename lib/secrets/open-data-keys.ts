import { pool } from '../db.ts'
import { env } from '../env.ts'
import { singleton } from '../registry.ts'
import { dataKeysLoaded, loadDataKeys } from './data-keys.ts'

/**
 * Opens the data keys of an external database once a process: for workers, and for hosts that run only Next.
 * @throws Error when DATABASE_URL or APP_SECRET is missing, or the secret does not fit.
 */
export async function openDataKeys(): Promise<void> {
  if (dataKeysLoaded()) return
  const { APP_SECRET, APP_SECRET_PREVIOUS } = env()
  if (!APP_SECRET) throw new Error('without the server that owns the database, DATABASE_URL and APP_SECRET must be set')
  const opening = singleton('secrets.opening', () => ({ done: undefined as Promise<void> | undefined }))
  opening.done ??= loadDataKeys(pool(), APP_SECRET, APP_SECRET_PREVIOUS).finally(() => {
    opening.done = undefined
  })
  await opening.done
}
