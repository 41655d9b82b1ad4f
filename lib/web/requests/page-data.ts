import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { listClients } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import { type Explanation, explainRequest } from '#lib/explain/index.ts'
import {
  countRequests,
  findRequest,
  listRequests,
  listRequestViews,
  type RequestCount,
  type RequestDetail,
  type RequestPage,
  type RequestView,
} from '#lib/requests/index.ts'
import { type FilterName, filterQuery, type RequestFilters, readRequestFilters } from '#lib/requests/schemas.ts'
import { requireUserContext } from '../context.ts'
import { one } from '../query.ts'

export type LogParams = Record<string, string | string[] | undefined>

export type LogOfPage = {
  filters: RequestFilters
  ignored: FilterName[]
  /** Null: the cursor is of another team or other filters. */
  page: RequestPage | null
  count: RequestCount | null
  cursor: string | null
  teamId: string
  clientId: string | null
  /** Filters with a name; a client's page has none of its own. */
  views: RequestView[]
  /** The page's address with these filters, and what else it keeps. */
  href: (filters: RequestFilters, more?: Record<string, string>) => string
}

export type LogPlace = {
  /** The page's path. */
  path: string
  teamId: string
  clientId?: string
  /** Kept in every address: the team. */
  kept: Record<string, string>
}

/** What a page of the request log shows for the parameters of its address. Who may not read it finds nothing. */
export async function logOfPage(place: LogPlace, params: LogParams): Promise<LogOfPage> {
  const ctx = await requireUserContext()
  const { filters, ignored } = readRequestFilters(params)
  const href: LogOfPage['href'] = (wanted, more = {}) => {
    const query = new URLSearchParams([...Object.entries(place.kept), ...filterQuery(wanted), ...Object.entries(more)]).toString()
    return query ? `${place.path}?${query}` : place.path
  }
  const cursor = one(params.cursor, 400)
  // A form sends its empty fields too; the address that is kept and shared has none.
  if (Object.values(params).includes('')) redirect(href(filters, cursor ? { cursor } : {}))
  const input = { teamId: place.teamId, filters, ...(place.clientId ? { clientId: place.clientId } : {}) }
  const common = { filters, ignored, cursor: cursor ?? null, teamId: place.teamId, clientId: place.clientId ?? null, href }
  const views = async () => (place.clientId ? [] : listRequestViews({ ctx, input: { teamId: place.teamId } }))
  try {
    const [page, count, named] = await Promise.all([
      listRequests({ ctx, input: { ...input, ...(cursor ? { cursor } : {}) } }),
      cursor ? null : countRequests({ ctx, input }),
      views(),
    ])
    return { ...common, page, count, views: named }
  } catch (error) {
    if (!isAppError(error) || error.code === 'unauthenticated') throw error
    if (error.code !== 'validation_failed') notFound()
    return { ...common, page: null, count: null, views: await views() }
  }
}

/** The request with this id, in whichever of the person's teams it was; null when it is not there for them. */
export const requestOrNull = cache(async (requestId: string): Promise<RequestDetail | null> => {
  const ctx = await requireUserContext()
  try {
    return await findRequest({ ctx, input: { requestId: requestId.slice(0, 100) } })
  } catch (error) {
    if (isAppError(error) && error.code !== 'unauthenticated') return null
    throw error
  }
})

/** {@link requestOrNull} for the request's own page. */
export async function requestOfPage(requestId: string): Promise<RequestDetail> {
  return (await requestOrNull(requestId)) ?? notFound()
}

/** Why a request of a page was decided as it was. */
export async function explanationOfPage(request: RequestDetail): Promise<Explanation> {
  return explainRequest(await requireUserContext(), request)
}

/** Clients of a team to choose from, as far as the person may see them; null when there are too many, or they may not. */
export async function clientsToChoose(teamId: string): Promise<{ id: string; name: string }[] | null> {
  const ctx = await requireUserContext()
  try {
    const { clients, nextCursor } = await listClients({ ctx, input: { teamId, limit: 100 } })
    return nextCursor ? null : clients.map(({ id, name }) => ({ id, name }))
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
