import { db } from '#lib/db.ts'
import type { LogRow } from './read-log.sql.ts'

/** Names by id, of the clients and domains that still are the team's. */
export type LogNames = { clients: Map<string, string>; domains: Map<string, string> }

/** The names that a page of rows needs. A deleted client keeps its name. */
export async function namesOf(teamId: string, rows: readonly LogRow[]): Promise<LogNames> {
  const clientIds = [...new Set(rows.flatMap(({ client_id }) => client_id ?? []))]
  const domainIds = [...new Set(rows.flatMap(({ domain_id }) => domain_id ?? []))]
  const [clients, domains] = await Promise.all([
    clientIds.length === 0 ? [] : db().client.findMany({ where: { id: { in: clientIds }, teamId }, select: { id: true, name: true } }),
    domainIds.length === 0
      ? []
      : db().domain.findMany({ where: { id: { in: domainIds }, client: { teamId } }, select: { id: true, host: true } }),
  ])
  return { clients: new Map(clients.map(({ id, name }) => [id, name])), domains: new Map(domains.map(({ id, host }) => [id, host])) }
}

/** The ids of a team's domains with this host, or with this id. */
export async function domainIdsOf(teamId: string, domain: string | undefined): Promise<string[]> {
  if (domain === undefined) return []
  const found = await db().domain.findMany({
    where: { client: { teamId }, OR: [{ host: domain.toLowerCase() }, { id: domain }] },
    select: { id: true },
    take: 1000,
  })
  return found.map(({ id }) => id)
}
