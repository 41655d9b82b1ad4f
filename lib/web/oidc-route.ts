import { serveOidc, startOidcOnce } from '#lib/oidc/index.ts'
import { laneRoute } from './lane-route.ts'
import { ready } from './ready.ts'

const serve = laneRoute('oidc', serveOidc)

/** The provider as a route handler. */
export async function oidcRoute(request: Request): Promise<Response> {
  await ready()
  await startOidcOnce()
  return serve(request)
}
