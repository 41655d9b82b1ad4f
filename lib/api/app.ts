import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ApiError } from './api-error.ts'
import { type Call, startCall } from './call.ts'
import { ENDPOINTS } from './endpoints/index.ts'
import { errorAnswer } from './error-answer.ts'
import { describeEndpoint, openApiText } from './openapi.ts'
import { recordCall } from './record-call.ts'
import { type Success, writeError, writeJsonText, writeNothing, writeSuccess } from './write-answer.ts'

export type ApiEnv = { Bindings: HttpBindings }

const PREFIX = '/api'
const DOCUMENT = '/openapi.json'

/**
 * The API as a Hono application. It is given Node's own request and answers on Node's own response: making the Web's of each would cost
 * more than the gate. What handlers return says only that they have answered.
 */
export function createApp(): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    getPath: (_request, options) => pathOf((options?.env as HttpBindings | undefined)?.incoming.url ?? ''),
  })
  for (const endpoint of ENDPOINTS) {
    describeEndpoint(app.openAPIRegistry, endpoint)
    app.on(endpoint.method, PREFIX + endpoint.path, (c) => serve(c, endpoint.path, endpoint.answer))
  }
  const document = openApiText(app)
  app.get(PREFIX + DOCUMENT, (c) => serve(c, DOCUMENT, async (call) => void writeJsonText(call, document())))
  app.onError((error) => {
    throw error
  })
  app.notFound((c) => serve(c, null, refuseUnknown))
  return app
}

/** SDKs join base and path in their own ways: doubled and trailing slashes mean nothing. */
function pathOf(url: string): string {
  const path = url.split('?', 1)[0] as string
  return path.includes('//') || path.endsWith('/') ? path.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1') : path
}

/** Runs one call to its end: whatever happens it is answered, and recorded. What `work` returns is a success that it has not written itself. */
async function serve(c: Context<ApiEnv>, endpoint: string | null, work: (call: Call) => Promise<Success | undefined>): Promise<Response> {
  const call = startCall(c.env.incoming, c.env.outgoing as Call['res'], endpoint)
  let decision = 'ok'
  try {
    const success = await work(call)
    if (success) writeSuccess(call, success)
  } catch (error) {
    const refusal = errorAnswer(error, call.facts.requestId)
    decision = refusal.code
    writeError(call, refusal)
  }
  recordCall(call, decision)
  return RESPONSE_ALREADY_SENT
}

/** Methods by path, for what a path does not do. */
const METHODS = new Map<string, string[]>([[DOCUMENT, ['GET']]])
for (const { path, method } of ENDPOINTS) METHODS.set(path, [...(METHODS.get(path) ?? []), method])

async function refuseUnknown(call: Call): Promise<undefined> {
  const { req } = call
  const path = pathOf(req.url ?? '').slice(PREFIX.length)
  const methods = METHODS.get(path)
  if (!methods) throw new ApiError(404, 'not_found', 'There is nothing at this address.')
  call.endpoint = path
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  if (req.method !== 'OPTIONS') throw new ApiError(405, 'method_not_allowed', `Use ${methods.join(' or ')}.`, { Allow: allow })
  call.headers = { Allow: allow }
  writeNothing(call)
}
