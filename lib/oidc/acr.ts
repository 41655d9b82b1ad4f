// How well a log-in tells who somebody is (OpenID Connect Core §2). No more is said than is known: a password was entered here, or another
// provider vouched for the person, in whatever way it did.

const PASSWORD = 'urn:xwms:acr:password'
const FEDERATED = 'urn:xwms:acr:federated'

/** What `acr` of an id token may be, as discovery tells. */
export const ACR_VALUES = [PASSWORD, FEDERATED]

/** The class of a log-in by these methods (RFC 8176). */
export function acrOf(amr: readonly string[]): string | undefined {
  if (amr.includes('pwd')) return PASSWORD
  return amr.includes('fed') ? FEDERATED : undefined
}

/** Reasons of a log-in prompt that a class was demanded for. */
export const ACR_REASONS = ['essential_acr', 'essential_acrs']

/** Whether a log-in of this class is one that the request cannot do without. `claims` is its parameter of that name, which the library checked. */
export function meetsEssentialAcr(claims: unknown, acr: string | undefined): boolean {
  if (typeof claims !== 'string') return true
  const { id_token } = JSON.parse(claims) as { id_token?: { acr?: { essential?: boolean; value?: string; values?: string[] } | null } }
  const demanded = id_token?.acr
  if (!demanded?.essential) return true
  const wanted = demanded.values ?? (demanded.value === undefined ? undefined : [demanded.value])
  return !wanted || (acr !== undefined && wanted.includes(acr))
}
