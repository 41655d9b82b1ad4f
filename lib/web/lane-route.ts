import type { RequestListener } from 'node:http'
import { env } from '#lib/env.ts'
import { newRequestId } from '#lib/ids.ts'
import { singleton } from '#lib/registry.ts'
import { isListening, setFacts } from '#lib/request-facts.ts'
import { createBridge } from './node-bridge.ts'
import { ready } from './ready.ts'

/**
 * A lane of the server as a route handler: the same listener, for `next dev` and for hosts that run only Next. There the caller's
 * address is unknown, since nothing we trust has set it.
 */
export function laneRoute(name: string, listener: RequestListener): (request: Request) => Promise<Response> {
  return async (request) => {
    await ready()
    const bridge = singleton(`web.bridge.${name}`, () => createBridge((req, res) => listener(asLane(req), res)))
    const response = await bridge(request)
    // The server's listener has set its own, the same one.
    if (isListening()) response.headers.delete('x-request-id')
    return response
  }
}

type Req = Parameters<RequestListener>[0]

/** Gives a request what the server's listener would have; a client's own claims about host, scheme and address do not count. */
function asLane(req: Req): Req {
  const { secure, PUBLIC_URL } = env()
  const told = (header: string) => (isListening() ? (req.headers[header] as string | undefined) : undefined)
  const ip = told('x-xwms-ip') ?? null
  setFacts(req, { requestId: told('x-request-id') ?? newRequestId(), ip, secure, forwarded: false })
  for (const name of Object.keys(req.headers)) if (name.startsWith('x-forwarded-') || name === 'forwarded') delete req.headers[name]
  req.headers.host = new URL(PUBLIC_URL).host
  req.headers['x-forwarded-proto'] = secure ? 'https' : 'http'
  if (ip) req.headers['x-forwarded-for'] = ip
  return req
}
