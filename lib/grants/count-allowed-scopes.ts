import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'

/** How many people have allowed a client each scope: whom removing one touches. Needs `clients.read`. @throws AppError */
export async function countAllowedScopes({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<Record<string, number>> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  const rows = await db().$queryRaw<{ scope: string; people: bigint }[]>`
    SELECT s.scope, count(*) AS people FROM consents c, unnest(c.scopes) AS s(scope) WHERE c.client_id = ${client.id} GROUP BY 1`
  return Object.fromEntries(rows.map(({ scope, people }) => [scope, Number(people)]))
}
