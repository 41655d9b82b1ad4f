import type { AccountProfile } from '#lib/accounts/index.ts'

/** Who a person is, as a client may know it. */
export type DisclosedProfile = {
  sub: string
  name: string | null
  given_name: string | null
  family_name: string | null
  email: string | null
  email_verified: boolean | null
  picture: string | null
}

/**
 * Of a profile, what the person allowed: the consent page promises that nothing outside its list can be seen, so what no allowed scope
 * covers is null. `userinfo` covers all of it.
 */
export function disclosedProfile(profile: AccountProfile, scopes: readonly string[]): DisclosedProfile {
  const may = (scope: string) => scopes.includes(scope) || scopes.includes('userinfo')
  const [known, mail] = [may('profile'), may('email')]
  return {
    sub: profile.sub,
    name: known ? profile.name : null,
    given_name: known ? profile.givenName : null,
    family_name: known ? profile.familyName : null,
    email: mail ? profile.email : null,
    email_verified: mail ? profile.emailVerified : null,
    picture: known ? profile.picture : null,
  }
}
