import type { ListCredentialsInput } from '#lib/clients/index.ts'
import { CREDENTIAL_FINDINGS } from '#lib/clients/schemas.ts'
import { one, type Query } from '#lib/web/query.ts'

const FINDINGS = [...CREDENTIAL_FINDINGS, 'any'] as const
const SORTS = ['finding', 'client', 'created', 'used', 'expires'] as const
const DIRECTIONS = ['asc', 'desc'] as const

export type CredentialQuery = Pick<ListCredentialsInput, 'search' | 'finding' | 'sort' | 'direction' | 'cursor'>

/** What the address of the page asks for; what it does not know is left out. */
export function readCredentialQuery(params: Query): CredentialQuery {
  const found = {
    search: one(params.q),
    finding: FINDINGS.find((value) => value === one(params.finding)),
    sort: SORTS.find((value) => value === one(params.sort)),
    direction: DIRECTIONS.find((value) => value === one(params.dir)),
    cursor: one(params.cursor, 2000),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** The parameters of the page with some of its query changed. Another order or filter begins at the first page. */
export function credentialParams(query: CredentialQuery, change: { [Name in keyof CredentialQuery]?: CredentialQuery[Name] | undefined }) {
  const { search, finding, sort, direction, cursor } = { ...query, cursor: undefined, ...change }
  return { q: search, finding, sort, dir: direction, cursor }
}
