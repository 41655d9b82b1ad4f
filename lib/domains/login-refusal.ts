export type LoginRefusal = 'domain_inactive' | 'login_not_allowed' | 'domain_unverified' | 'https_required'

/** What a domain says of log-ins. */
export type LoginSettings = { active: boolean; allowLogin: boolean; mode: 'test' | 'live'; verified: boolean }

/** Why a log-in may not run on a domain, or a session of it go on, in this order; null: it may. `https`: the redirect URI is. */
export function loginRefusal({ active, allowLogin, mode, verified }: LoginSettings, https: boolean): LoginRefusal | null {
  if (!active) return 'domain_inactive'
  if (!allowLogin) return 'login_not_allowed'
  if (mode === 'live' && !verified) return 'domain_unverified'
  return mode === 'live' && !https ? 'https_required' : null
}
