import type { Account, ClaimsParameterMember } from 'oidc-provider'
import { type AccountProfile, findAccountBySub } from '#lib/accounts/index.ts'

/** Which claims come with which scope (OpenID Connect Core §5.4). The library filters by what was asked and granted. */
export const CLAIMS = {
  // The last two tell of the log-in: in id tokens only.
  openid: ['sub', 'acr', 'amr'],
  profile: ['name', 'given_name', 'family_name', 'picture', 'locale', 'birthdate', 'gender', 'updated_at'],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number'],
}

/** Scopes of the installation besides those that carry claims. */
export const OTHER_SCOPES = ['offline_access', 'userinfo', 'useraddresses']

/** The account behind a `sub`, as the library wants it; undefined for an unknown or disabled person. */
export async function accountBySub(sub: string): Promise<Account | undefined> {
  const profile = await findAccountBySub(sub)
  if (!profile) return undefined
  return {
    accountId: sub,
    claims: async (_use: string, _scope: string, _claims: { [key: string]: null | ClaimsParameterMember }) => claimsOf(profile),
  }
}

/** All claims of a person; what is not known is left out rather than null (OpenID Connect Core §5.3.2). */
function claimsOf(profile: AccountProfile): { sub: string; [claim: string]: string | number | boolean | object } {
  const claims = {
    name: profile.name,
    given_name: profile.givenName,
    family_name: profile.familyName,
    picture: profile.picture,
    locale: profile.locale,
    birthdate: profile.birthdate,
    gender: profile.gender,
    updated_at: Math.floor(profile.updatedAt.getTime() / 1000),
    email: profile.email,
    email_verified: profile.emailVerified,
    phone_number: profile.phone,
    address: addressClaim(profile),
  }
  const known = Object.entries(claims).filter(
    (entry): entry is [string, string | number | boolean | object] => entry[1] !== null && entry[1] !== undefined,
  )
  return { sub: profile.sub, ...Object.fromEntries(known) }
}

/** OpenID Connect Core §5.1.1. */
function addressClaim({ address }: AccountProfile): object | null {
  if (!address) return null
  const street = [address.street, address.houseNumber].filter(Boolean).join(' ')
  return {
    formatted: `${street}\n${address.postalCode} ${address.city}\n${address.country}`,
    street_address: street,
    locality: address.city,
    postal_code: address.postalCode,
    country: address.country,
  }
}
