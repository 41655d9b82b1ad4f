import { noteAlert, noteFailedAttempt } from '#lib/alerts/index.ts'
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
    return noteFailedAttempt({ clientId: client.id, ip, refused: code === 'too_many_failures' })
  }
  const seen = checks.find(({ check }) => check === code)
  const evidence = { ip, secret_id: client.secretId, domain_id: client.domainId, received: seen?.received ?? null, expected: seen?.expected ?? null }
  if (code === 'ip_not_allowed') return noteAlert({ clientId: client.id, kind: 'secret_outside_allowlist', evidence })
  if (code === 'browser_refused') {
    const userAgent = headerValues(headers, 'user-agent')[0]
    return noteAlert({ clientId: client.id, kind: 'secret_in_browser', evidence: { ...evidence, user_agent: userAgent ? redact(userAgent) : null } })
  }
}
