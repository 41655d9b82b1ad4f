import { readLogo } from '#lib/clients/index.ts'
import { ready } from '#lib/web/ready.ts'

/** An uploaded logo, for everybody: people see it before they log in. It is never anything but a picture. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string; hash: string }> }): Promise<Response> {
  const { id, hash } = await params
  await ready()
  const logo = await readLogo(id, hash)
  if (!logo) return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } })
  return new Response(new Uint8Array(logo.content), {
    headers: {
      'content-type': logo.mediaType,
      'x-content-type-options': 'nosniff',
      // The address changes with the content; an hour, so that a removed picture is soon gone everywhere.
      'cache-control': 'public, max-age=3600',
    },
  })
}
