import { type AlertKind, noteAlert, noteFailedAttempt } from '#lib/alerts/index.ts'
import type { GateCode } from './codes.ts'
import { headerValues } from './headers.ts'
import { redact } from './redact.ts'
import type { GateInput, GateResult } from './types.ts'

/**
 * Tells the watch for abuse what it should know of a refusal. Costs the request nothing, whatever it was: nothing is looked up or
 * written before it is answered.
 */
export function watchGate({ headers, ip }: GateInput, result: GateResult): void {
  if (result.ok || !result.client) return
  const { code, client, checks } = result
  if (code === 'invalid_credentials' || code === 'too_many_failures') {
    noteFailedAttempt({ clientId: client.id, ip, refused: code === 'too_many_failures' })
    return
  }
  const kind = KINDS[code]
  if (!kind) return
  const seen = checks.find(({ check }) => check === code)
  const userAgent = headerValues(headers, 'user-agent')[0]
  const evidence = {
    ip,
    secret_id: client.secretId,
    domain_id: client.domainId,
    received: seen?.received ?? null,
    expected: seen?.expected ?? null,
    user_agent: userAgent ? redact(userAgent) : null,
  }
  noteAlert({ clientId: client.id, kind, evidence })
}

/** Refusals of a proven secret that are worth an alert by themselves. */
const KINDS: Partial<Record<GateCode, AlertKind>> = { browser_refused: 'secret_in_browser', ip_not_allowed: 'secret_outside_allowlist' }
