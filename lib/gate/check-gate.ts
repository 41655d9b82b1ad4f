import { timingSafeEqual } from 'node:crypto'
import { noteSecretUse } from '#lib/clients/index.ts'
import { hashClientSecret } from '#lib/secrets/index.ts'
import { HEADER_CHECKS, PROOF_CHECKS } from './checks.ts'
import { type Credentials, claimedClientId, readCredentials } from './credentials.ts'
import { passState } from './pass-state.ts'
import { redact } from './redact.ts'
import { type GateSnapshot, snapshotBySecret } from './snapshot.sql.ts'
import type { GateInput, GateResult } from './types.ts'
import { Verdicts } from './verdicts.ts'
import { watchGate } from './watch.ts'

/**
 * Lets a request with header credentials through, or says which check refused it: the contract's table, in its order. Reads the
 * database once, at one moment, and counts what the limits count. @throws pg errors when PostgreSQL is away: nobody passes then
 */
export function checkGate(input: GateInput): Promise<GateResult> {
  return runChecks(input, prove)
}

type Prove = (credentials: Credentials, now: Date) => Promise<GateSnapshot | undefined>

/** The checks in order. `proof` finds what id and secret lead to; nothing when they do not belong together. */
export async function runChecks(input: GateInput, proof: Prove): Promise<GateResult> {
  const verdicts = new Verdicts(input.use)
  const claimed = claimedClientId(input.headers)
  if (claimed) verdicts.ids = { id: claimed, teamId: null, domainId: null, secretId: null, mode: null }
  for (const { code, run } of HEADER_CHECKS) {
    if (verdicts.refused(code, run(input))) return told(input, verdicts.refusal())
  }

  const credentials = readCredentials(input.headers)
  const snapshot = await proof(credentials, input.now)
  for (const { code, run } of PROOF_CHECKS) {
    const outcome = run(input, credentials, snapshot)
    if (verdicts.refused(code, outcome instanceof Promise ? await outcome : outcome)) return told(input, verdicts.refusal())
  }
  const proven = snapshot as GateSnapshot
  if (!input.dryRun) noteSecretUse(proven.secret_id as string, input.ip)
  const claimedDomain = redact(credentials.domain.host ?? credentials.domain.text)
  const result = passState(verdicts, { input, snapshot: proven, mode: proven.domain_mode ?? 'test', claimedDomain })
  return told(input, result instanceof Promise ? await result : result)
}

/** The result, which the watch for abuse has heard of when it was a real one. */
function told(input: GateInput, result: GateResult): GateResult {
  if (!input.dryRun) watchGate(input, result)
  return result
}

/** One path for everyone: the same hash, the same look-up, the same comparison, whether or not there is such a client. */
function prove({ clientId, secret, domain }: Credentials, now: Date): Promise<GateSnapshot | undefined> {
  const hash = hashClientSecret(secret)
  return snapshotBySecret({ client: clientId, hash, domain: domain.id, host: domain.host, now }).then((snapshot) =>
    timingSafeEqual(hash, snapshot?.secret_hash ?? Buffer.alloc(hash.length)) ? snapshot : undefined,
  )
}
