import { exportForLibraries } from '#lib/env.ts'
import { openDataKeys } from '#lib/secrets/index.ts'

/** Makes sure that this process can read sessions: where our server runs, it already has; a host that runs only Next does it here. */
export async function ready(): Promise<void> {
  exportForLibraries()
  await openDataKeys()
}
