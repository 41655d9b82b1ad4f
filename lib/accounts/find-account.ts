import { type AccountRow, accountRow } from './find-account.sql.ts'

type AccountAddress = {
  street: string
  houseNumber: string | null
  postalCode: string
  city: string
  /** ISO 3166-1 alpha-2 */
  country: string
}

export type AccountProfile = {
  userId: string
  sub: string
  email: string
  emailVerified: boolean
  name: string
  givenName: string | null
  familyName: string | null
  picture: string | null
  locale: string | null
  birthdate: string | null
  gender: string | null
  phone: string | null
  /** The person's default address; where they chose none, the oldest standard one. */
  address: AccountAddress | null
  updatedAt: Date
}

/** What OpenID Connect claims are made of. Null for an unknown or disabled person. */
export async function findAccountBySub(sub: string): Promise<AccountProfile | null> {
  const user = await accountRow(sub)
  if (!user) return null
  const [first, ...rest] = user.name.split(' ')
  return {
    userId: user.id,
    sub: user.sub,
    email: user.email,
    emailVerified: user.email_verified_at !== null,
    name: user.name,
    // People enter one name; relying parties that want two get its first word and the rest until the person says otherwise.
    givenName: user.given_name ?? first ?? null,
    familyName: user.family_name ?? (rest.join(' ') || null),
    picture: user.picture,
    locale: user.locale,
    birthdate: user.birthdate,
    gender: user.gender,
    phone: user.phone,
    address: addressOf(user),
    updatedAt: user.updated_at,
  }
}

function addressOf({ street, house_number, postal_code, city, address_country }: AccountRow): AccountAddress | null {
  if (street === null || postal_code === null || city === null || address_country === null) return null
  return { street, houseNumber: house_number, postalCode: postal_code, city, country: address_country }
}
