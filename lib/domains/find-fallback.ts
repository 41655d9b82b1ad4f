import { db } from '#lib/db.ts'
import { isLocalHost, normalizeHost } from './host.ts'

export type Fallback = {
  uri: string
  host: string
  /** The team has proven that the host is theirs, or it is this machine: fit for anyone's eyes. Else only for those who may test. */
  proven: boolean
}

/**
 * Where people may go when a log-in ends here and cannot return to the application: the fallback address of the domain that they were to
 * return to, else of the client's primary one. For pages of log-ins, which decide who sees it. Null: the team has given none.
 */
export async function findFallback(clientId: string, redirectUri: string | null): Promise<Fallback | null> {
  const wanted = normalizeHost(URL.parse(redirectUri ?? '')?.hostname ?? '')
  const where = { clientId, fallbackUri: { not: null }, OR: [{ isPrimary: true }, ...(wanted === null ? [] : [{ host: wanted }])] }
  const rows = await db().domain.findMany({ where, select: { host: true, fallbackUri: true, verifiedAt: true } })
  const domain = rows.find(({ host }) => host === wanted) ?? rows[0]
  if (!domain?.fallbackUri) return null
  return { uri: domain.fallbackUri, host: domain.host, proven: domain.verifiedAt !== null || isLocalHost(domain.host) }
}
