import { createHash } from 'node:crypto'
import type { Provider } from 'oidc-provider'
import { createAdapter } from './store/adapter.ts'
import { ArtifactExists } from './store/artifacts.sql.ts'

const SECOND = 1_000

/**
 * Replaces the library's "find, then save" by one insert: of any number of requests with the same assertion or proof, on any process,
 * exactly one gets in, since the row's id is its primary key.
 */
export function installReplayDetection(provider: Provider): void {
  const model = provider.ReplayDetection as unknown as { unique: typeof firstUse }
  model.unique = firstUse
}

/** Whether nobody has used this id of this issuer before; until `exp` (seconds) nobody will again. */
export async function firstUse(issuer: string, jti: string, exp: number): Promise<boolean> {
  const id = createHash('sha256').update(`${issuer}\0${jti}`).digest('base64url')
  try {
    const lifetime = Math.max(1, Math.ceil(exp - Date.now() / SECOND))
    await createAdapter('ReplayDetection').upsert(id, { jti: id, kind: 'ReplayDetection', iss: issuer, exp }, lifetime)
    return true
  } catch (error) {
    if (error instanceof ArtifactExists) return false
    throw error
  }
}
