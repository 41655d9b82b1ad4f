import type { LoggedCheck } from './stored-checks.ts'

/** One answered request, as it is logged. Never put a secret, token, code or cookie in it; what looks like one is blotted out. */
export type RequestRow = {
  requestId: string
  at: Date
  /** Null: nobody in particular called, and `clientId` is a claim. */
  teamId: string | null
  /**
   * Whether who called has shown to be of the team or someone whom it let in; without it, anyone who knows the client's id may have, and such rows are
   * capped. By default whether there is a team.
   */
  proven?: boolean
  clientId: string | null
  domainId: string | null
  secretId: string | null
  /** The user's `sub`. */
  accountId: string | null
  mode: 'test' | 'live' | null
  method: string
  /** Without the query. */
  path: string
  /** The route's name, such as `POST user/address`. */
  endpoint: string | null
  status: number
  /** `ok` or the refusing code. */
  decision: string
  ip: string | null
  userAgent: string | null
  /** What `X-Client-Domain` claimed, or the host that was asked. */
  host: string | null
  durationMs: number
  /** The gate's verdicts. */
  checks: readonly LoggedCheck[] | null
  detail: Record<string, unknown> | null
}
