import { getClient, judgeRedirectUri, type RedirectUriProblem } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { authorizeClient } from '#lib/teams/index.ts'

/** An address that was asked for and refused, because it is not registered. */
export type RedirectMismatch = {
  /** Without user, query and fragment: those are not kept. */
  uri: string
  kind: 'login' | 'logout'
  /** There was a part that is not kept, so that this is not the whole address. */
  cut: boolean
  count: number
  /** From how many addresses it was asked. */
  callers: number
  /** ISO 8601 */
  lastAt: string
  requestId: string
  /** Why adding it as it is would be refused; null: it can be added. */
  problem: RedirectUriProblem | null
}

const LISTED = 10
/** Of the newest requests of a client: a busy one's page must not wait for its whole log. */
const LOOKED_THROUGH = 20_000

type Row = { uri: string; kind: 'login' | 'logout'; cut: boolean; count: bigint; callers: bigint; last_at: Date; request_id: string }

/**
 * The addresses that log-ins and log-outs of the last 24 hours wanted to return to and that are not registered, the latest first. Anyone
 * can cause an entry: nothing here may be added without a person looking at it. Needs `logs.read`.
 * @throws AppError unauthenticated, not_found, permission_denied
 */
export async function listRedirectMismatches({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<RedirectMismatch[]> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'logs.read' })
  const client = await getClient({ ctx, input })
  const rows = await db().$queryRaw<Row[]>`
    SELECT r.uri, r.kind, r.cut, count(*) AS count, count(DISTINCT r.ip) AS callers, max(r.at) AS last_at,
      (array_agg(r.request_id ORDER BY r.at DESC))[1] AS request_id
    FROM (
      SELECT l.at, l.ip, l.request_id, l.decision, l.detail ->> 'description' AS description,
        coalesce(l.detail ->> 'post_logout_redirect_uri', l.detail ->> 'redirect_uri') AS uri,
        CASE WHEN l.detail ? 'post_logout_redirect_uri' THEN 'logout' ELSE 'login' END AS kind,
        l.detail ? 'post_logout_redirect_uri_cut' OR l.detail ? 'redirect_uri_cut' AS cut
      FROM (
        SELECT at, ip, request_id, decision, detail FROM request_logs
        WHERE client_id = ${client.id} AND at > now() - interval '24 hours' ORDER BY at DESC LIMIT ${LOOKED_THROUGH}
      ) l
      WHERE l.decision IN ('invalid_redirect_uri', 'invalid_request')
    ) r
    WHERE r.uri IS NOT NULL AND (r.decision = 'invalid_redirect_uri' OR (r.kind = 'logout' AND r.description LIKE 'post_logout_redirect_uri%'))
    GROUP BY r.uri, r.kind, r.cut ORDER BY last_at DESC LIMIT 100`
  const registered = new Set(client.redirectUris.map(({ kind, uri }) => `${kind} ${uri}`))
  return rows
    .filter(({ uri, kind, cut }) => cut || !registered.has(`${kind} ${uri}`))
    .slice(0, LISTED)
    .map(({ uri, kind, cut, count, callers, last_at, request_id }) => ({
      uri,
      kind,
      cut,
      count: Number(count),
      callers: Number(callers),
      lastAt: last_at.toISOString(),
      requestId: request_id,
      problem: judgeRedirectUri(client, uri),
    }))
}
