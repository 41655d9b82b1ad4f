import { postmanCollection } from '#components/clients/postman.ts'
import { clientForRoute } from '#lib/web/clients/client-route.ts'
import { snippetValues } from '#lib/web/clients/snippet-values.ts'

/** The Postman collection of a client, as a file. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const client = await clientForRoute(request, (await params).id)
  if (client instanceof Response) return client
  const body = JSON.stringify(postmanCollection(snippetValues(client), client.name), null, 2)
  return new Response(body, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${client.id}.postman_collection.json"`,
      'cache-control': 'no-store',
    },
  })
}
