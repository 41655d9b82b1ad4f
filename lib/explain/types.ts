import type { LoggedCheck } from '#lib/requests/index.ts'
import type { Permission } from '#lib/teams/index.ts'

/** One of the gate's checks, as it went for a request. */
export type Step = Omit<LoggedCheck, 'verdict'> & {
  /** Its number in the order of the gate, from 1. */
  number: number
  /** `monitored`: it would have refused, but the domain only monitors. */
  verdict: 'passed' | 'failed' | 'skipped' | 'monitored'
}

/** Changes that one click makes, by the verb of their own. */
export const FIX_ACTIONS = [
  'enable_client',
  'add_domain',
  'activate_domain',
  'verify_domain',
  'domain_live',
  'domain_test',
  'allow_login',
  'allow_api',
  'allow_address',
  'add_redirect_uri',
] as const

export type FixAction = (typeof FIX_ACTIONS)[number]

/** Places where the rest is mended. */
export type FixLink =
  | 'overview'
  | 'domains'
  | 'redirect_uris'
  | 'scopes'
  | 'secrets'
  | 'secret'
  | 'users'
  | 'settings'
  | 'plan'
  | 'usage'
  | 'clients'

/** One click that mends it: what it needs and what it is about. */
export type Fix = { action: FixAction; permission: Permission; fields: Record<string, string> }

/** Why a request was decided as it was, and what to do. */
export type Explanation = {
  /** Null: the gate was not asked. */
  steps: Step[] | null
  /** The first check that refused. */
  failed: string | null
  /** What it comes down to; a key of the texts. Null: it was let through. */
  cause: string | null
  fixes: Fix[]
  links: { to: FixLink; href: string }[]
  /** What it was refused for is no longer so. */
  mended: boolean
  /** What the actor may do with the client. */
  permissions: readonly Permission[]
}
