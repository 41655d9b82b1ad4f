import type { Awaitable } from '#lib/awaitable.ts'
import type { GateCode } from './codes.ts'
import type { Credentials } from './credentials.ts'
import type { GateSnapshot } from './snapshot.sql.ts'
import type { GateInput, Mode } from './types.ts'

/** What one check says. Texts are redacted; `message` is for a person. */
export type Outcome =
  | { ok: true; expected?: string; received?: string; monitored?: true }
  | { ok: false; message: string; expected?: string; received?: string; retryAfter?: number }

/** A check that sees headers alone. */
export type HeaderCheck = {
  code: GateCode
  run(input: GateInput): Outcome
}

/** What the later checks see: the client is proven. */
export type Proven = {
  input: GateInput
  snapshot: GateSnapshot
  /** Of the domain; of a token when it has one. */
  mode: Mode
  /** How the request named the domain, cut short. */
  claimedDomain: string
}

/** A check of what was read of the client. */
export type StateCheck = {
  code: GateCode
  run(proven: Proven): Outcome
}

/** A check that counts. What it returns as `headers` goes to the answer. */
export type CountingCheck = {
  code: GateCode
  run(proven: Proven): Awaitable<Outcome & { headers?: Record<string, string> }>
}

export type ProofCheck = {
  code: GateCode
  /** `snapshot`: undefined when id and secret do not belong together. */
  run(input: GateInput, credentials: Credentials, snapshot: GateSnapshot | undefined): Awaitable<Outcome>
}

export const passed: Outcome = { ok: true }
