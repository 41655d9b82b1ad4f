import { apiHandler } from '#lib/api/index.ts'
import { env } from '#lib/env.ts'
import { newId } from '#lib/ids.ts'
import { singleton } from '#lib/registry.ts'
import { isListening, setFacts } from '#lib/request-facts.ts'
import { createBridge } from './node-bridge.ts'

type Bridge = (request: Request) => Promise<Response>

/**
 * The API as a route handler: the same handler as the server's lane, for `next dev` and for hosts that run only Next. There the address
 * of the caller is unknown, since nothing we trust has set it.
 */
export async function apiRoute(request: Request): Promise<Response> {
  const response = await bridge()(request)
  // The server's listener has set its own, the same one.
  if (isListening()) response.headers.delete('x-request-id')
  return response
}

function bridge(): Bridge {
  return singleton('web.api-bridge', () =>
    createBridge((req, res) => {
      const { secure, PUBLIC_URL } = env()
      const known = isListening()
      const ip = known ? (req.headers['x-xwms-ip'] as string | undefined) : undefined
      const requestId = known ? (req.headers['x-request-id'] as string | undefined) : undefined
      setFacts(req, { requestId: requestId ?? newId('req'), ip: ip ?? null, secure, forwarded: false })
      req.headers.host = new URL(PUBLIC_URL).host
      void apiHandler(req, res)
    }),
  )
}
