import { Prisma } from '#lib/db.ts'
import { likePattern } from '#lib/search.ts'

/** How many of a client's people, the newest ones, a part of a name or address is looked for among. */
const LOOKED_THROUGH = 20_000

/** Who may be told of a person: `scopes` are the consent's, as far as the client still has them. */
const MAIL = Prisma.sql`ARRAY['email', 'userinfo']`
const NAME = Prisma.sql`ARRAY['profile', 'userinfo']`

/**
 * The ids of the users connected to a client that `search` finds, as SQL: anyone by their whole `sub` or address, and among the newest
 * by a part of name or address. Only by what they let the client know: the search must not tell more than the list.
 */
export function matchingPeople(clientId: string, clientScopes: readonly string[], search: string): Prisma.Sql {
  const part = likePattern(search)
  const has = [...clientScopes]
  const may = (scopes: Prisma.Sql) => Prisma.sql`c.scopes && ARRAY(SELECT unnest(${scopes}) INTERSECT SELECT unnest(${has}::text[]))`
  return Prisma.sql`
    SELECT u.id FROM users u JOIN consents c ON c.user_id = u.id AND c.client_id = ${clientId}
      WHERE u.sub = ${search} OR (u.email = ${search.toLowerCase()} AND ${may(MAIL)})
    UNION
    SELECT u.id FROM (
      SELECT user_id, scopes FROM consents WHERE client_id = ${clientId} ORDER BY created_at DESC LIMIT ${LOOKED_THROUGH}
    ) c JOIN users u ON u.id = c.user_id
      WHERE (u.email ILIKE ${part} AND ${may(MAIL)}) OR (u.name ILIKE ${part} AND ${may(NAME)})`
}
