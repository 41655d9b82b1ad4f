import type { KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'
import { hashId } from './store/hash-id.ts'

/** The claim of a JWT access token that names its family: nothing can be done with it, but introspection finds whether the family lives. */
export const FAMILY_CLAIM = 'family'

type Token = { grantId?: string; resourceServer?: { accessTokenFormat?: string } }

/**
 * Claims of ours in an access token: who acts in a token made by exchange (RFC 8693 §4.1), and in a JWT, which is stored nowhere, the family that it
 * ends with (RFC 9068 §2.2 leaves room for more claims).
 */
export async function ownClaims(ctx: KoaContextWithOIDC, token: Token): Promise<Record<string, unknown> | undefined> {
  const { exchange } = requestState(ctx) ?? {}
  const family = token.resourceServer?.accessTokenFormat === 'jwt' ? token.grantId : undefined
  if (!exchange && !family) return undefined
  return {
    ...(exchange ? { act: exchange.act } : {}),
    ...(family ? { [FAMILY_CLAIM]: hashId('Grant', family).toString('base64url') } : {}),
  }
}
