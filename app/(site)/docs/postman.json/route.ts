import { postmanCollection } from '#lib/web/docs/postman.ts'
import { ready } from '#lib/web/ready.ts'

/** The collection as a file. */
export async function GET(): Promise<Response> {
  await ready()
  return Response.json(postmanCollection(), {
    headers: { 'content-disposition': 'attachment; filename="postman.json"', 'cache-control': 'no-store' },
  })
}
