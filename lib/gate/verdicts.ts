import type { Outcome } from './check.ts'
import { ORDER } from './checks.ts'
import { GATE_CODES, type GateCode } from './codes.ts'
import type { CheckVerdict, GateIds, GateRefusal, Use } from './types.ts'

/** Keeps what every check of one request said. Those that were not asked are `skipped`. */
export class Verdicts {
  readonly #outcomes = new Map<GateCode, CheckVerdict>()
  readonly #use: Use
  #refusal: GateRefusal | undefined
  /** For the answer, whatever it becomes. */
  readonly headers: Record<string, string> = {}
  /** Whom the request is about, as far as is known. */
  ids: GateIds | undefined

  constructor(use: Use) {
    this.#use = use
  }

  /** Notes an outcome; true when it refused. */
  refused(code: GateCode, outcome: Outcome): boolean {
    const { expected, received } = outcome
    this.#outcomes.set(code, {
      check: code,
      verdict: outcome.ok && !outcome.monitored ? 'passed' : 'failed',
      ...(expected === undefined ? {} : { expected }),
      ...(received === undefined ? {} : { received }),
      ...(outcome.ok && outcome.monitored ? { monitored: true } : {}),
    })
    if (outcome.ok) return false
    if (outcome.retryAfter !== undefined) this.headers['Retry-After'] = String(outcome.retryAfter)
    this.#refusal = { ok: false, code, status: GATE_CODES[code], message: outcome.message, headers: this.headers, checks: [] }
    return true
  }

  /** Every check in order. */
  list(): CheckVerdict[] {
    return ORDER[this.#use].map((check) => this.#outcomes.get(check) ?? { check, verdict: 'skipped' })
  }

  /** The answer of the check that refused. */
  refusal(): GateRefusal {
    if (!this.#refusal) throw new Error('no check refused')
    return { ...this.#refusal, checks: this.list(), ...(this.ids ? { client: this.ids } : {}) }
  }
}
