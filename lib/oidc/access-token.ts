import { currentProvider } from './mount.ts'
import { hashId } from './store/adapter.ts'
import { findGrantOrigin } from './store/artifacts.sql.ts'

/** What an access token of this server stands for. */
export type AccessTokenFacts = {
  clientId: string
  /** Where its authorization returned to; null: no domain (native apps, client credentials). */
  domainId: string | null
  /** Null where the client proved itself with a key of its own, which has no mode. */
  mode: 'test' | 'live' | null
  /** The person; null for client credentials. */
  sub: string | null
  scopes: string[]
}

/** No token of ours is near this length; longer ones are not worth hashing. */
const MAX_LENGTH = 500

/**
 * The facts of a living access token, or null: unknown, expired, revoked, or its client suspended, its person disabled, its family
 * ended. Reads through the provider's own find, so that a change holds here as it does there.
 */
export async function resolveAccessToken(value: string): Promise<AccessTokenFacts | null> {
  if (value.length > MAX_LENGTH) return null
  const provider = await currentProvider()
  const token = await provider.AccessToken.find(value)
  if (token) {
    const origin = await findGrantOrigin(hashId('Grant', String(token.grantId)))
    if (!origin?.mode || !token.clientId) return null
    return { clientId: token.clientId, domainId: origin.domain_id, mode: origin.mode, sub: token.accountId, scopes: [...token.scopes] }
  }
  const machine = await provider.ClientCredentials.find(value)
  if (!machine?.clientId) return null
  const origin = await findGrantOrigin(hashId('ClientCredentials', value))
  return { clientId: machine.clientId, domainId: null, mode: origin?.mode ?? null, sub: null, scopes: [...machine.scopes] }
}
