import { type DomainDto, loginRefusal } from '#lib/domains/index.ts'
import { NOT_FOR_TOKENS, STATE_CHECKS } from '../checks.ts'
import type { GateCode } from '../codes.ts'
import type { GateSnapshot } from '../snapshot.sql.ts'
import type { Traffic } from './traffic.ts'

/** The settings of a domain that requests are refused by. */
export type Settings = Pick<DomainDto, 'active' | 'allowLogin' | 'allowApi' | 'mode' | 'verified' | 'ipAllowlist' | 'ipMonitor'>

export type Judgement = { refused: string | null; monitored: boolean }

/** The gate's checks that a domain's settings decide. */
const OF_DOMAIN: ReadonlySet<GateCode> = new Set([
  'domain_inactive',
  'domain_unverified',
  'mode_mismatch',
  'login_not_allowed',
  'api_not_allowed',
  'ip_not_allowed',
])

/** Steps of the protocol that ask for the domain of the redirect URI. */
const ASKS_DOMAIN = /^(authorization|login|resume|pushed_authorization_request|token:(authorization_code|refresh_token))$/

/** What the settings would make of a request: by the same checks that the gate and the protocol run. */
export function judge(request: Traffic, settings: Settings): Judgement {
  return request.api ? judgeCall(request, settings) : { refused: judgeLogin(request, settings), monitored: false }
}

function judgeCall({ endpoint, ip, secret_mode }: Traffic, settings: Settings): Judgement {
  const use = /\bsign-token/.test(endpoint ?? '') ? 'login' : 'api'
  const input = { headers: [], ip, secure: true, now: new Date(), use, dryRun: true } as const
  const proven = { input, snapshot: snapshotOf(settings, secret_mode), mode: settings.mode, claimedDomain: '' }
  let monitored = false
  for (const { code, run } of STATE_CHECKS[use]) {
    if (!OF_DOMAIN.has(code) || (secret_mode === null && NOT_FOR_TOKENS.has(code))) continue
    const outcome = run(proven)
    if (!outcome.ok) return { refused: code, monitored: false }
    monitored ||= outcome.monitored === true
  }
  return { refused: null, monitored }
}

function judgeLogin({ endpoint, https, tester, secret_mode }: Traffic, settings: Settings): string | null {
  if (!ASKS_DOMAIN.test(endpoint ?? '')) return null
  const refused = loginRefusal(settings, https)
  if (refused) return refused
  if (secret_mode !== null && secret_mode !== settings.mode) return 'mode_mismatch'
  return settings.mode === 'test' && !tester ? 'not_a_tester' : null
}

/** What the checks read, with everything but the domain as it should be. */
function snapshotOf(
  { active, allowLogin, allowApi, mode, verified, ipAllowlist, ipMonitor }: Settings,
  secretMode: Traffic['secret_mode'],
) {
  const domain = { active, allow_login: allowLogin, allow_api: allowApi, domain_mode: mode, verified }
  return { ...domain, ip_allowlist: ipAllowlist, ip_monitor: ipMonitor, secret_mode: secretMode } as GateSnapshot
}
