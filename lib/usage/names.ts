import { db } from '#lib/db.ts'

/** The names of clients, deleted ones too: their history stays. Ids come from the team's own rows. */
export async function clientNames(rows: readonly { id: string }[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const found = await db().client.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, select: { id: true, name: true } })
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** The hosts of domains; a removed one has none any more. */
export async function domainHosts(rows: readonly { id: string }[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const found = await db().domain.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, select: { id: true, host: true } })
  return new Map(found.map(({ id, host }) => [id, host]))
}
