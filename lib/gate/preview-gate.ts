import { runChecks } from './check-gate.ts'
import { secretHash } from './preview.sql.ts'
import { snapshotBySecret } from './snapshot.sql.ts'
import type { GateInput, GateResult } from './types.ts'

/**
 * What {@link checkGate} would answer to a request that nobody made: the same checks, with nothing counted, noted or alerted. The
 * secret in the headers stands in for `secretId`'s, which nobody can show again; without one it is a wrong secret. For people who may
 * manage the client: whether they may is the caller's business. @throws pg errors
 */
export async function previewGate(input: Omit<GateInput, 'dryRun'>, secretId: string | null): Promise<GateResult> {
  return runChecks({ ...input, dryRun: true }, async ({ clientId, domain }, now) => {
    const hash = secretId === null ? null : await secretHash(clientId, secretId)
    return hash ? snapshotBySecret({ client: clientId, hash, domain: domain.id, host: domain.host, now }) : undefined
  })
}
