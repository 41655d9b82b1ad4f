import type { ListClientsInput } from '#lib/clients/index.ts'
import { one, type Query, withQuery } from '#lib/web/query.ts'

const STATUSES = ['active', 'disabled', 'restricted', 'deleted'] as const
const MODES = ['test', 'live'] as const
const TYPES = ['web', 'spa', 'native', 'machine'] as const
const SORTS = ['created', 'name', 'used', 'requests'] as const
const DIRECTIONS = ['asc', 'desc'] as const

/** The filters of the list and what each may be. */
export const FILTERS = { status: STATUSES, mode: MODES, type: TYPES } as const

export type ListQuery = {
  team?: string | undefined
  q?: string | undefined
  status?: (typeof STATUSES)[number] | undefined
  mode?: (typeof MODES)[number] | undefined
  type?: (typeof TYPES)[number] | undefined
  sort?: (typeof SORTS)[number] | undefined
  dir?: (typeof DIRECTIONS)[number] | undefined
  cursor?: string | undefined
}

/** What the address of the list asks for; what it does not know is left out. */
export function readListQuery(params: Query): ListQuery {
  const among = <Value extends string>(name: string, values: readonly Value[]) => values.find((value) => value === one(params[name]))
  return {
    team: one(params.team, 100),
    q: one(params.q),
    status: among('status', STATUSES),
    mode: among('mode', MODES),
    type: among('type', TYPES),
    sort: among('sort', SORTS),
    dir: among('dir', DIRECTIONS),
    cursor: one(params.cursor, 2000),
  }
}

/** The address of the list with some of its query changed. Another order or filter begins at the first page. */
export function listHref(query: ListQuery, change: ListQuery = {}): string {
  return withQuery('/clients', { ...query, cursor: undefined, ...change })
}

const PAGE = 25

/** What the verb is asked. */
export function listInput({ q, status, mode, type, sort, dir, cursor }: ListQuery, teamId: string): ListClientsInput {
  return {
    teamId,
    limit: PAGE,
    ...(q ? { search: q } : {}),
    ...(status ? { status } : {}),
    ...(mode ? { mode } : {}),
    ...(type ? { type } : {}),
    ...(sort ? { sort } : {}),
    ...(dir ? { direction: dir } : {}),
    ...(cursor ? { cursor } : {}),
  }
}
