import { disclosedTo } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { foreignCursor } from '#lib/cursor.ts'
import { db } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { listClientScopes } from '#lib/scopes/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { findApplicationTokens, findAuthorizations } from './internal.ts'
import { readCursor, tokenReference, writeCursor } from './reference.ts'
import { type ListTokensInput, listTokensInput } from './schemas.ts'

/** One authorization of one person, with the tokens of it that are alive. */
export type AuthorizationDto = {
  /** Revokes it; means nothing else. */
  reference: string
  sub: string
  /** Null: they did not let the client know. */
  name: string | null
  email: string | null
  scopes: string[]
  kinds: ('access' | 'refresh')[]
  mode: 'test' | 'live' | null
  /** Where it returned to; null: a native app. */
  host: string | null
  /** ISO 8601. When it was given, when it last got a token, and when the last of its tokens ends. */
  issuedAt: string
  lastUsedAt: string
  expiresAt: string
}

/** A token that the application got for itself. */
export type ApplicationTokenDto = {
  reference: string
  scopes: string[]
  mode: 'test' | 'live' | null
  issuedAt: string
  expiresAt: string
}

export type TokenPage = { authorizations: AuthorizationDto[]; applicationTokens: ApplicationTokenDto[]; nextCursor: string | null }

/**
 * One page of a client's living tokens, newest first: of people, or of the application itself. Never a token or a hash of one. A page may
 * be short or empty and yet have a next one: only so many ended authorizations are looked through at a time. Needs `logs.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function listTokens({ ctx, input }: { ctx: Ctx; input: ListTokensInput }): Promise<TokenPage> {
  const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'logs.read' })
  const { kind, search, limit, cursor } = parseInput(listTokensInput, input)
  const from = cursor ? readCursor(client.id, cursor) : null
  if (cursor && !from) throw foreignCursor()
  if (kind === 'application') {
    const { rows, next } = await findApplicationTokens(db(), client.id, { limit, from })
    const applicationTokens = rows.map((row) => ({
      reference: tokenReference(client.id, row.id_hash),
      scopes: row.scope?.split(' ').filter(Boolean) ?? [],
      mode: row.mode,
      issuedAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }))
    return { authorizations: [], applicationTokens, nextCursor: next && writeCursor(client.id, next) }
  }
  const has = (await listClientScopes(db(), client)).map(({ name }) => name)
  const { rows, next } = await findAuthorizations(db(), client.id, { limit, from, search: search || undefined, clientScopes: has })
  const authorizations = rows.map((row) => ({
    reference: tokenReference(client.id, row.id_hash),
    sub: row.account_id,
    ...disclosedTo(has, { name: row.name, email: row.email, scopes: row.consented }),
    scopes: row.scope?.split(' ').filter((scope) => has.includes(scope)) ?? [],
    kinds: (['access', 'refresh'] as const).filter((one) => row[one]),
    mode: row.mode,
    host: row.host,
    issuedAt: row.created_at.toISOString(),
    lastUsedAt: row.last_issued_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
  return { authorizations, applicationTokens: [], nextCursor: next && writeCursor(client.id, next) }
}
