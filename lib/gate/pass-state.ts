import { type Awaitable, after } from '#lib/awaitable.ts'
import type { Proven } from './check.ts'
import { COUNTING_CHECKS, NOT_FOR_TOKENS, STATE_CHECKS } from './checks.ts'
import type { GatePass, GateResult } from './types.ts'
import type { Verdicts } from './verdicts.ts'

/** Checks 6 to 18 for a client that is proven, and the answer. `token`: what its access token may ask for, if it came with one. */
export function passState(verdicts: Verdicts, proven: Proven, token?: { scopes: string[] }): Awaitable<GateResult> {
  const { snapshot, mode, input } = proven
  verdicts.ids = {
    id: snapshot.client_id,
    teamId: snapshot.team_id,
    domainId: snapshot.domain_id,
    secretId: snapshot.secret_id,
    mode: snapshot.domain_id ? mode : null,
  }
  for (const check of STATE_CHECKS[input.use]) {
    if (token && NOT_FOR_TOKENS.has(check.code)) continue
    if (verdicts.refused(check.code, check.run(proven))) return verdicts.refusal()
  }
  return count(verdicts, proven, token?.scopes ?? snapshot.scopes)
}

/** The counting checks from number `at` on: one after the other, since what one refuses must not count for the next. */
function count(verdicts: Verdicts, proven: Proven, scopes: string[], at = 0): Awaitable<GateResult> {
  const check = COUNTING_CHECKS[at]
  if (!check) return pass(verdicts, proven, scopes)
  return after(check.run(proven), (outcome) => {
    if (outcome.headers) Object.assign(verdicts.headers, outcome.headers)
    return verdicts.refused(check.code, outcome) ? verdicts.refusal() : count(verdicts, proven, scopes, at + 1)
  })
}

function pass(verdicts: Verdicts, { snapshot, mode }: Proven, scopes: string[]): GatePass {
  return {
    ok: true,
    client: { id: snapshot.client_id, name: snapshot.client_name, teamId: snapshot.team_id },
    domain: { id: snapshot.domain_id as string, host: snapshot.host as string },
    mode,
    secret:
      snapshot.secret_id === null ? null : { id: snapshot.secret_id, label: snapshot.secret_label, hint: snapshot.secret_hint as string },
    plan: { name: snapshot.plan_name as string, perMinute: snapshot.per_minute as number, perMonth: snapshot.per_month as number },
    scopes,
    headers: verdicts.headers,
    checks: verdicts.list(),
  }
}
