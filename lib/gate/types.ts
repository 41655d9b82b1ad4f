import type { GateCode } from './codes.ts'

export type Mode = 'test' | 'live'
export type Use = 'api' | 'login'
/** As Node received them: names and values in turns, in order, duplicates kept, any case. */
export type RawHeaders = readonly string[]

/** What the gate knows of a request. Nothing of HTTP beyond it matters. */
export type GateInput = {
  headers: RawHeaders
  /** The caller's, behind trusted proxies. */
  ip: string | null
  /** It came over TLS. */
  secure: boolean
  now: Date
  use: Use
  /** Only asked what would happen: nothing is counted, noted or told to anybody. */
  dryRun?: true
}

/** What an access token stands for, already looked up and found alive. */
export type ResolvedToken = {
  clientId: string
  /** Where it was issued for; null: by client credentials, or to a native app. */
  domainId: string | null
  mode: Mode | null
  /** Null for client credentials. */
  sub: string | null
  scopes: string[]
}

export type TokenGateInput = GateInput & { token: ResolvedToken }

/** What one check made of the request, without anything secret in it. */
export type CheckVerdict = {
  check: GateCode
  /** `skipped`: not asked, since an earlier check refused or the credentials are of another kind. */
  verdict: 'passed' | 'failed' | 'skipped'
  expected?: string
  received?: string
  /** It would have refused, but the domain only monitors. */
  monitored?: true
}

/** Whom a request is about, for its log row: proven ids only, but for `id` alone, which may be a claim when `teamId` is null. */
export type GateIds = { id: string; teamId: string | null; domainId: string | null; secretId: string | null; mode: Mode | null }

export type GatePass = {
  ok: true
  client: { id: string; name: string; teamId: string }
  domain: { id: string; host: string }
  /** Of the domain; of a token when it has one. */
  mode: Mode
  /** Null for tokens. */
  secret: { id: string; label: string | null; hint: string } | null
  plan: { name: string; perMinute: number; perMonth: number }
  /** What the client may ask for; for a token, what the token has. */
  scopes: string[]
  /** For the answer, whatever it becomes: rate limits. */
  headers: Record<string, string>
  checks: CheckVerdict[]
}

export type GateRefusal = {
  ok: false
  code: GateCode
  status: number
  /** For a person; English. */
  message: string
  headers: Record<string, string>
  checks: CheckVerdict[]
  client?: GateIds
}

export type GateResult = GatePass | GateRefusal
