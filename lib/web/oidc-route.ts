import { newId } from '#lib/ids.ts'
import { isListening, setFacts } from '#lib/request-facts.ts'
import { env } from '#lib/env.ts'
import { serveOidc, startOidcOnce } from '#lib/oidc/index.ts'
import { singleton } from '#lib/registry.ts'
import { createBridge } from './node-bridge.ts'

type Bridge = (request: Request) => Promise<Response>

/**
 * The provider as a route handler: the same handler as the server's lane, for `next dev` and for hosts that run only Next. There the
 * address of the caller is unknown, since nothing we trust has set it.
 */
export async function oidcRoute(request: Request): Promise<Response> {
  await startOidcOnce()
  return bridge()(request)
}

function bridge(): Bridge {
  return singleton('web.oidc-bridge', () =>
    createBridge((req, res) => {
      const { secure, PUBLIC_URL } = env()
      const known = isListening()
      const ip = known ? (req.headers['x-xwms-ip'] as string | undefined) : undefined
      const requestId = known ? (req.headers['x-request-id'] as string | undefined) : undefined
      setFacts(req, { requestId: requestId ?? newId('req'), ip: ip ?? null, secure, forwarded: false })
      // What a client claims about host and scheme must not reach discovery.
      for (const name of Object.keys(req.headers)) if (name.startsWith('x-forwarded-') || name === 'forwarded') delete req.headers[name]
      req.headers.host = new URL(PUBLIC_URL).host
      req.headers['x-forwarded-proto'] = secure ? 'https' : 'http'
      if (ip) req.headers['x-forwarded-for'] = ip
      serveOidc(req, res)
    }),
  )
}
