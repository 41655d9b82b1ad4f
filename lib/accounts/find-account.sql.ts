import { Batcher } from '#lib/batch.ts'
import { pool } from '#lib/db.ts'
import { singleton } from '#lib/registry.ts'

// Asked with every token that is issued to a person and every call of the userinfo endpoint: a named prepared statement.

export type AccountRow = {
  id: string
  sub: string
  email: string
  email_verified_at: Date | null
  name: string
  given_name: string | null
  family_name: string | null
  picture: string | null
  locale: string | null
  birthdate: string | null
  gender: string | null
  phone: string | null
  updated_at: Date
  /** Of the person's default address, else of the first standard one; all null when there is neither. */
  street: string | null
  house_number: string | null
  postal_code: string | null
  city: string | null
  address_country: string | null
}

const FIND = `
SELECT u.id, u.sub, u.email, u.email_verified_at, u.name, u.given_name, u.family_name, u.picture, u.locale, u.birthdate, u.gender, u.phone,
  u.updated_at, a.street, a.house_number, a.postal_code, a.city, a.country AS address_country
FROM users u
LEFT JOIN LATERAL (
  SELECT * FROM addresses a WHERE a.user_id = u.id AND (a.is_default OR a.type = 'standard') ORDER BY a.is_default DESC, a.id LIMIT 1
) a ON true
WHERE u.sub = ANY($1::text[]) AND u.disabled_at IS NULL`

/** The person under a `sub`, unless unknown or disabled. Look-ups of one turn share a read. */
export function accountRow(sub: string): Promise<AccountRow | undefined> {
  return singleton('accounts.find-batcher', () => new Batcher(findMany, { concurrency: 2, size: 200 })).add(sub)
}

async function findMany(subs: string[]): Promise<(AccountRow | undefined)[]> {
  const { rows } = await pool().query<AccountRow>({ name: 'accounts_find', text: FIND, values: [[...new Set(subs)]] })
  const found = new Map(rows.map((row) => [row.sub, row]))
  return subs.map((sub) => found.get(sub))
}
