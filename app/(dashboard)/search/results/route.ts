import { find } from '#components/shell/find.ts'
import { requestContext } from '#lib/web/context.ts'

/** What the command palette shows for `?q=`. For the person behind the session only; nobody gets a 401. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  const ctx = await requestContext(request)
  if (ctx.actor.kind !== 'user') return Response.json({ error: 'unauthenticated' }, { status: 401, headers })
  return Response.json(await find(ctx, new URL(request.url).searchParams.get('q') ?? ''), { headers })
}
