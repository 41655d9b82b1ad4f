import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { checkLoginDomain, type DomainRefusal } from './domain-rules.ts'
import { requestState } from './request-state.ts'
import { mayTest } from './store/client-snapshot.sql.ts'

const REASONS: Record<DomainRefusal, string> = {
  not_registered: 'the domain of this authorization is no longer registered',
  domain_inactive: 'the domain of this authorization is inactive',
  login_not_allowed: 'the domain of this authorization does not allow log-in',
  domain_unverified: 'the domain of this authorization is not verified',
  https_required: 'the domain of this authorization is live and its redirect URI is not https',
}

/**
 * What every redemption of a code and every refresh checks again: the domain that the authorization ran on, who may test, and that
 * the secret used has that domain's mode. @throws errors.InvalidGrant with the reason.
 */
export async function assertFamilyUsable(ctx: KoaContextWithOIDC, grantId: string, sub: string): Promise<void> {
  const state = requestState(ctx)
  const client = ctx.oidc.client && state?.clients.get(ctx.oidc.client.clientId)
  // As it was read with the grant, before the code or token was consumed: of a race, the losers remove the grant while the one that
  // won is still here, and it must go on.
  const origin = state?.grantsRead.get(grantId)
  if (!client || !state || !origin?.redirectUri) throw new errors.InvalidGrant('grant not found')

  const verdict = checkLoginDomain(client, origin.domainId, origin.redirectUri)
  if (!verdict.ok) throw refused(REASONS[verdict.reason])
  const { secret } = state
  if (secret && secret.mode !== verdict.mode) {
    throw refused(`a ${secret.mode} secret cannot be used for a ${verdict.mode} domain`)
  }
  if (secret?.domains && (!verdict.domain || !secret.domains.includes(verdict.domain.id))) {
    throw refused('the secret is restricted to other domains')
  }
  if (verdict.mode === 'test' && !(await mayTest(client, sub)))
    throw refused('the application is in test mode: only members of its team and invited test users may log in')
}

/** The library's InvalidGrant says nothing outside; these reasons are for the authenticated client, whose owner can mend them. */
function refused(reason: string): Error {
  return new errors.CustomOIDCProviderError('invalid_grant', reason)
}
