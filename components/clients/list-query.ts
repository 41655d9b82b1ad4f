import type { ListClientsInput } from '#lib/clients/index.ts'

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

type Params = Record<string, string | string[] | undefined>

/** What the address of the list asks for; what it does not know is left out. */
export function readListQuery(params: Params): ListQuery {
  const one = (name: string, max: number) => {
    const value = params[name]
    return (Array.isArray(value) ? value[0] : value)?.slice(0, max) || undefined
  }
  const among = <Value extends string>(name: string, values: readonly Value[]) => values.find((value) => value === one(name, 20))
  return {
    team: one('team', 100),
    q: one('q', 200),
    status: among('status', STATUSES),
    mode: among('mode', MODES),
    type: among('type', TYPES),
    sort: among('sort', SORTS),
    dir: among('dir', DIRECTIONS),
    cursor: one('cursor', 2000),
  }
}

/** The address of the list with some of its query changed. Another order or filter begins at the first page. */
export function listHref(query: ListQuery, change: ListQuery = {}): string {
  const entries = Object.entries({ ...query, cursor: undefined, ...change }).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return `/clients${entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''}`
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
