import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reach } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { env } from '#lib/env.ts'
import type { GatePass, GateResult } from '#lib/gate/index.ts'
import { negotiateLocale } from '#lib/i18n/index.ts'
import { newId } from '#lib/ids.ts'
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
export type Caller = { allowed: GatePass; reach: Reach; readonly ctx: Ctx; domainId: string }

export function startCall(req: IncomingMessage, res: ServerResponse, endpoint: string | null): Call {
  // The server's lane notes the facts; another mount that forgot to would still get an id, and no address to trust.
  const facts = factsOf(req) ?? { requestId: newId('req'), ip: null, secure: env().secure, forwarded: false }
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
