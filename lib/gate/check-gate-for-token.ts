import { httpsRequired } from './checks/https-required.ts'
import { type DomainClaim, domainClaim } from './credentials.ts'
import { headerValues } from './headers.ts'
import { passState } from './pass-state.ts'
import { redact } from './redact.ts'
import { type GateSnapshot, snapshotByClient } from './snapshot.sql.ts'
import type { GateResult, TokenGateInput } from './types.ts'
import { Verdicts } from './verdicts.ts'

/**
 * The gate for a request with a living access token: checks 1, 6 to 8, 10 to 12 and 15 to 18, with the domain the token was issued
 * for. A token of client credentials may name another with `X-Client-Domain`, else it is the primary one. Refuses a deleted client
 * as `invalid_credentials`. @throws pg errors when PostgreSQL is away
 */
export async function checkGateForToken(input: TokenGateInput): Promise<GateResult> {
  const { token, headers, now } = input
  const verdicts = new Verdicts(input.use)
  if (verdicts.refused(httpsRequired.code, httpsRequired.run(input))) return verdicts.refusal()

  const claim = wantedDomain(token, headerValues(headers, 'x-client-domain'))
  const found = await snapshotByClient({ client: token.clientId, domain: claim?.id ?? null, host: claim?.host ?? null, now })
  if (!found) {
    verdicts.refused('invalid_credentials', { ok: false, message: 'The client of this access token is gone.' })
    return verdicts.refusal()
  }
  const unreadable = claim !== null && claim.id === null && claim.host === null
  const snapshot = unreadable ? withoutDomain(found) : found
  const mode = token.mode ?? snapshot.domain_mode ?? 'test'
  const claimedDomain = claim ? redact(claim.host ?? claim.text) : 'no domain'
  return passState(verdicts, { input, snapshot, mode, claimedDomain }, token)
}

/** Null: the primary domain. A header that was repeated or is no domain names none of the client's. */
function wantedDomain({ sub, domainId }: TokenGateInput['token'], sent: readonly string[]): DomainClaim | null {
  const values = sub === null ? sent.filter((value) => value.trim() !== '') : []
  const [text] = values
  if (text !== undefined) return (values.length === 1 ? domainClaim(text) : null) ?? { text, id: null, host: null }
  return domainId === null ? null : { text: domainId, id: domainId, host: null }
}

function withoutDomain(snapshot: GateSnapshot): GateSnapshot {
  return { ...snapshot, domain_id: null, host: null }
}
