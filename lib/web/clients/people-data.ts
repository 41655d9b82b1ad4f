import type { ClientDetail } from '#lib/clients/index.ts'
import { listPeople, type PersonDto } from '#lib/connections/index.ts'
import { listTokens, type TokenPage } from '#lib/tokens/index.ts'
import { requireUserContext } from '../context.ts'
import { one, orNotFound, type Query } from '../query.ts'

/** What the address of a page asks for. */
export type PeopleQuery = { search: string | undefined; cursor: string | undefined }

/** The search and the page in an address, whatever somebody wrote there. */
export function peopleQuery(params: Query): PeopleQuery {
  return { search: one(params.q)?.trim() || undefined, cursor: one(params.cursor) }
}

/** The tokens of a page's client; null for who may not see them. */
export async function tokensOfPage(client: ClientDetail, kind: 'people' | 'application', query: PeopleQuery): Promise<TokenPage | null> {
  if (!client.permissions.includes('logs.read')) return null
  const ctx = await requireUserContext()
  return orNotFound(listTokens({ ctx, input: { clientId: client.id, kind, ...given(query) } }))
}

/** The people of a page's client; null for who may not see them. */
export async function peopleOfPage(
  client: ClientDetail,
  query: PeopleQuery,
): Promise<{ people: PersonDto[]; nextCursor: string | null } | null> {
  if (!client.permissions.includes('logs.read')) return null
  const ctx = await requireUserContext()
  return orNotFound(listPeople({ ctx, input: { clientId: client.id, ...given(query) } }))
}

function given({ search, cursor }: PeopleQuery) {
  return { ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }
}
