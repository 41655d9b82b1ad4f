import type * as z from 'zod'
import { scopeNotGranted } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { authenticate, type Use } from './authenticate.ts'
import { type Call, type Caller, contextOf } from './call.ts'
import { readJsonBody } from './read-body.ts'
import type { Success } from './write-answer.ts'

type Schema = z.ZodType
type Output<S> = S extends z.ZodType ? z.output<S> : undefined

type Common<Body, Query, Data extends z.ZodObject> = {
  method: 'GET' | 'POST'
  /** Below `/api`. */
  path: `/${string}`
  summary: string
  description?: string
  body?: Body
  query?: Query
  data: Data
  /** Answers page by page, with `meta`. */
  list?: boolean
}

type Result<Data extends z.ZodObject> = Promise<{ message: string; data: z.input<Data>; meta?: object }>

type Parsed<Body, Query> = { body: Output<Body>; query: Output<Query> }

/** An endpoint as the application mounts it and the document describes it. */
export type Endpoint = Common<Schema | undefined, z.ZodObject | undefined, z.ZodObject> & {
  use: Use | null
  scope: string | null
  answer: (call: Call) => Promise<Success>
}

/** An endpoint that anyone may call. */
export function publicEndpoint<
  Data extends z.ZodObject,
  Body extends Schema | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
>(options: Common<Body, Query, Data> & { run: (call: Call, ctx: Ctx, input: Parsed<Body, Query>) => Result<Data> }): Endpoint {
  const answer = async (call: Call) => options.run(call, contextOf(call, { kind: 'nobody' }), await parse(call, options))
  return { ...options, use: null, scope: null, answer }
}

/** An endpoint behind the gate: credentials first, then the scope, then what was sent. */
export function gatedEndpoint<
  Data extends z.ZodObject,
  Body extends Schema | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
>(
  options: Common<Body, Query, Data> & {
    use: Use
    scope?: string
    run: (caller: Caller, input: Parsed<Body, Query>, call: Call) => Result<Data>
  },
): Endpoint {
  const { use, scope, body, query } = options
  const answer = async (call: Call) => {
    const caller = await authenticate(call, use)
    if (scope && !caller.reach.scopes.includes(scope)) throw scopeNotGranted(scope)
    return options.run(caller, body || query ? await parse(call, options) : nothing<Body, Query>(), call)
  }
  return { ...options, scope: scope ?? null, answer }
}

const NOTHING = { body: undefined, query: undefined }

/** What {@link parse} makes of what an endpoint does not take. */
function nothing<Body, Query>(): Parsed<Body, Query> {
  return NOTHING as Parsed<Body, Query>
}

async function parse<Body extends Schema | undefined, Query extends z.ZodObject | undefined>(
  { req }: Call,
  { body, query }: { body?: Body; query?: Query },
): Promise<Parsed<Body, Query>> {
  const at = req.url?.indexOf('?') ?? -1
  const asked = query && parseInput(query, Object.fromEntries(new URLSearchParams(at < 0 ? '' : req.url?.slice(at))))
  const sent = body && parseInput(body, await readJsonBody(req))
  return { body: sent, query: asked } as Parsed<Body, Query>
}
