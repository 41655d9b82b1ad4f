import { type Outcome, passed } from './check.ts'
import { ORDER } from './checks.ts'
import { GATE_CODES, type GateCode } from './codes.ts'
import type { CheckVerdict, GateIds, GateRefusal, Use } from './types.ts'

const USES: readonly Use[] = ['api', 'login']
/** What most checks say, made once. */
const PASSED = byUse((use) => ORDER[use].map((check) => Object.freeze<CheckVerdict>({ check, verdict: 'passed' })))
const SKIPPED = byUse((use) => ORDER[use].map((check) => Object.freeze<CheckVerdict>({ check, verdict: 'skipped' })))

function byUse<T>(make: (use: Use) => T): Record<Use, T> {
  return Object.fromEntries(USES.map((use) => [use, make(use)])) as Record<Use, T>
}

/** Keeps what every check of one request said. Those that were not asked are `skipped`. */
export class Verdicts {
  readonly #use: Use
  /** In order. */
  readonly #list: CheckVerdict[]
  /** Of the last check that said something: they come in order, though some are left out. */
  #place = 0
  #refusal: GateRefusal | undefined
  /** For the answer, whatever it becomes. */
  readonly headers: Record<string, string> = {}
  /** Whom the request is about, as far as is known. */
  ids: GateIds | undefined

  constructor(use: Use) {
    this.#use = use
    this.#list = SKIPPED[use].slice()
  }

  /** Notes an outcome; true when it refused. */
  refused(code: GateCode, outcome: Outcome): boolean {
    this.#place = ORDER[this.#use].indexOf(code, this.#place)
    if (this.#place < 0) throw new Error(`${code} is not the check's turn`)
    this.#list[this.#place] = outcome === passed ? (PASSED[this.#use][this.#place] as CheckVerdict) : verdictOf(code, outcome)
    if (outcome.ok) return false
    if (outcome.retryAfter !== undefined) this.headers['Retry-After'] = String(outcome.retryAfter)
    this.#refusal = { ok: false, code, status: GATE_CODES[code], message: outcome.message, headers: this.headers, checks: [] }
    return true
  }

  /** Every check in order. */
  list(): CheckVerdict[] {
    return this.#list
  }

  /** The answer of the check that refused. */
  refusal(): GateRefusal {
    if (!this.#refusal) throw new Error('no check refused')
    return { ...this.#refusal, checks: this.list(), ...(this.ids ? { client: this.ids } : {}) }
  }
}

function verdictOf(check: GateCode, outcome: Outcome): CheckVerdict {
  const { expected, received } = outcome
  const verdict: CheckVerdict = { check, verdict: outcome.ok && !outcome.monitored ? 'passed' : 'failed' }
  if (expected !== undefined) verdict.expected = expected
  if (received !== undefined) verdict.received = received
  if (outcome.ok && outcome.monitored) verdict.monitored = true
  return verdict
}
