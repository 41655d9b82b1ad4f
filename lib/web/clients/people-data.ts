import { notFound } from 'next/navigation'
import type { ClientDetail } from '#lib/clients/index.ts'
import { listPeople, type PersonDto } from '#lib/connections/index.ts'
import { isAppError } from '#lib/errors.ts'
import { listTokens, type TokenPage } from '#lib/tokens/index.ts'
import { requireUserContext } from '../context.ts'

/** What the address of a page asks for. */
export type PeopleQuery = { search: string | undefined; cursor: string | undefined }

type Params = Record<string, string | string[] | undefined>

/** The search and the page in an address, whatever somebody wrote there. */
export function peopleQuery(params: Params): PeopleQuery {
  const one = (name: string) => [params[name]].flat()[0]?.replaceAll('\0', '').slice(0, 200) || undefined
  return { search: one('q')?.trim() || undefined, cursor: one('cursor') }
}

/** The address of a page of a list. */
export function peopleHref(base: string, query: Record<string, string | undefined | null>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return entries.length > 0 ? `${base}?${new URLSearchParams(entries)}` : base
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

async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    // A cursor that was made up, or a client that is gone since the page began.
    if (isAppError(error) && error.code !== 'unauthenticated') notFound()
    throw error
  }
}
