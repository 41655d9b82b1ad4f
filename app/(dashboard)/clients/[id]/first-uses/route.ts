import { firstUsesOfClient } from '#lib/usage/index.ts'
import { clientForRoute } from '#lib/web/clients/client-route.ts'
import { requestContext } from '#lib/web/context.ts'

/** What the quickstart's checklist asks for every few seconds. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const client = await clientForRoute(request, (await params).id)
  if (client instanceof Response) return client
  const uses = await firstUsesOfClient({ ctx: await requestContext(request), input: { clientId: client.id } })
  return Response.json(uses, { headers: { 'cache-control': 'no-store' } })
}
