import { db } from '#lib/db.ts'

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
  /** The person's standard address. */
  address: AccountAddress | null
  updatedAt: Date
}

/** What OpenID Connect claims are made of. Null for an unknown or disabled person. */
export async function findAccountBySub(sub: string): Promise<AccountProfile | null> {
  const user = await db().user.findUnique({
    where: { sub },
    include: { addresses: { where: { type: 'standard' }, orderBy: { id: 'asc' }, take: 1 } },
  })
  if (!user || user.disabledAt) return null
  const [first, ...rest] = user.name.split(' ')
  const address = user.addresses[0]
  return {
    userId: user.id,
    sub: user.sub,
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
    name: user.name,
    // People enter one name; relying parties that want two get its first word and the rest until the person says otherwise.
    givenName: user.givenName ?? first ?? null,
    familyName: user.familyName ?? (rest.join(' ') || null),
    picture: user.picture,
    locale: user.locale,
    birthdate: user.birthdate,
    gender: user.gender,
    phone: user.phone,
    address: address
      ? {
          street: address.street,
          houseNumber: address.houseNumber,
          postalCode: address.postalCode,
          city: address.city,
          country: address.country,
        }
      : null,
    updatedAt: user.updatedAt,
  }
}
