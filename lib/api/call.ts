import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reach } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { env } from '#lib/env.ts'
import type { GatePass, GateResult } from '#lib/gate/index.ts'
import { negotiateLocale } from '#lib/i18n/index.ts'
import { newRequestId } from '#lib/ids.ts'
import { factsOf, type RequestFacts } from '#lib/request-facts.ts'

/** One request to the API, from its arrival to its record. */
export type Call = {
  req: IncomingMessage
  res: ServerResponse
  at: Date
  /** As `performance.now()` tells it. */
  started: number
  facts: RequestFacts
  /** For the answer, whatever it becomes. */
  headers: Record<string, string>
  /** Without the prefix `/api`; null when there is no such endpoint. */
  endpoint: string | null
  /** What the gate said, once it was asked. */
  verdict: GateResult | null
  /** The person that a user's token is about. */
  sub: string | null
}

/** Who calls, once the gate has let them pass. */
export class Caller {
  readonly allowed: GatePass
  readonly reach: Reach
  readonly #call: Call

  constructor(call: Call, allowed: GatePass) {
    const { client, mode, scopes } = allowed
    this.allowed = allowed
    this.reach = { clientId: client.id, teamId: client.teamId, mode, scopes, onlySub: call.sub }
    this.#call = call
  }

  get domainId(): string {
    return this.allowed.domain.id
  }

  /**
   * Made when asked: not every endpoint wants it. A getter of a class, not of an object's own: V8 keeps each of those, with all that its
   * closure sees, until the next full collection; that was the whole request, and half of what the collector did.
   */
  get ctx(): Ctx {
    return contextOf(this.#call, { kind: 'client', clientId: this.allowed.client.id })
  }
}

export function startCall(req: IncomingMessage, res: ServerResponse, endpoint: string | null): Call {
  // The server's lane notes the facts; another mount that forgot to would still get an id, and no address to trust.
  const facts = factsOf(req) ?? { requestId: newRequestId(), ip: null, secure: env().secure, forwarded: false }
  return { req, res, at: new Date(), started: performance.now(), facts, headers: {}, endpoint, verdict: null, sub: null }
}

/** What verbs need to know of a call. */
export function contextOf({ req, facts }: Call, actor: Ctx['actor']): Ctx {
  return {
    actor,
    requestId: facts.requestId,
    ip: facts.ip,
    userAgent: req.headers['user-agent']?.slice(0, 500) ?? null,
    locale: negotiateLocale(req.headers['accept-language']),
  }
}
