import { type Db, db, transaction } from '#lib/db.ts'
import { GATE_CODES } from '../codes.ts'

/** Requests of the newest this many of a client are looked at, and for at most so long: a preview must not weigh on a busy installation. */
const LOOKED_AT = 50_000
const TIMEOUT_MS = 3_000

/** Requests of one domain that were let through and are alike in all that its settings depend on. */
export type Traffic = {
  /** Of the API, through the gate; else of the protocol. */
  api: boolean
  endpoint: string | null
  ip: string | null
  /** Null: no secret, but a token or a person. */
  secret_mode: 'test' | 'live' | null
  https: boolean
  /** Nobody, a member of the team or a test user. */
  tester: boolean
  count: number
  last_at: Date
  /** The latest of them. */
  request_id: string
  method: string
  path: string
}

export type Observed = { traffic: Traffic[]; examined: number; since: Date; complete: boolean }

/** What of the last 24 hours was let through on a domain. Null: it took too long to find out. */
export async function observeTraffic(client: { id: string; teamId: string }, domainId: string): Promise<Observed | null> {
  const testers = await findTesters(client)
  try {
    return await transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`
      const [span] = await tx.$queryRaw<{ seen: bigint; oldest: Date | null }[]>`
        SELECT count(*) AS seen, min(at) AS oldest FROM (
          SELECT at FROM request_logs WHERE client_id = ${client.id} AND at > now() - interval '24 hours' ORDER BY at DESC LIMIT ${LOOKED_AT}
        ) l`
      const complete = Number(span?.seen ?? 0) < LOOKED_AT
      const since = complete || !span?.oldest ? new Date(Date.now() - 86_400_000) : span.oldest
      const traffic = await groups(tx, client.id, domainId, since, testers)
      return { traffic, since, complete, examined: traffic.reduce((sum, { count }) => sum + count, 0) }
    })
  } catch (error) {
    // 57014: the statement ran out of its time.
    if (JSON.stringify(error instanceof Error ? { ...error, message: error.message } : error).includes('57014')) return null
    if (error instanceof Error && /statement timeout/.test(error.message)) return null
    throw error
  }
}

async function groups(tx: Db, clientId: string, domainId: string, since: Date, testers: string[]): Promise<Traffic[]> {
  const refused = Object.keys(GATE_CODES)
  const rows = await tx.$queryRaw<(Omit<Traffic, 'count'> & { count: bigint })[]>`
    SELECT l.api, l.endpoint, l.ip, s.mode AS secret_mode, l.https, l.tester, count(*) AS count, max(l.at) AS last_at,
      (array_agg(l.request_id ORDER BY l.at DESC))[1] AS request_id, (array_agg(l.method ORDER BY l.at DESC))[1] AS method,
      (array_agg(l.path ORDER BY l.at DESC))[1] AS path
    FROM (
      SELECT at, checks IS NOT NULL AS api, endpoint, ip, secret_id, request_id, method, path,
        coalesce(detail ->> 'redirect_uri' LIKE 'https://%', true) AS https,
        account_id IS NULL OR account_id = ANY(${testers}) AS tester
      FROM request_logs
      WHERE client_id = ${clientId} AND at >= ${since} AND domain_id = ${domainId} AND decision <> ALL(${refused})
        AND (checks IS NOT NULL OR (decision = 'ok' AND status < 400))
      ORDER BY at DESC LIMIT ${LOOKED_AT}
    ) l LEFT JOIN client_secrets s ON s.id = l.secret_id
    GROUP BY 1, 2, 3, 4, 5, 6`
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** The `sub`s of those who may log in in test mode. */
async function findTesters({ id, teamId }: { id: string; teamId: string }): Promise<string[]> {
  const rows = await db().$queryRaw<{ sub: string }[]>`
    SELECT u.sub FROM members m JOIN users u ON u.id = m.user_id WHERE m.team_id = ${teamId}
    UNION
    SELECT u.sub FROM test_users t JOIN users u ON u.email = t.email AND u.email_verified_at IS NOT NULL WHERE t.client_id = ${id}`
  return rows.map(({ sub }) => sub)
}
