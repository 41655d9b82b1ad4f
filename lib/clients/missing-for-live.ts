import { kindOf } from './dto.ts'
import type { ClientDetail } from './get-client.ts'

/** A step to live mode that is still to be done. */
export type LiveStep = 'live_domain' | 'verified_domain' | 'live_secret' | 'https_redirect_uri'

/** What a client lacks to work in live mode, in the order in which one does it; empty: ready. */
export function missingForLive(
  client: Pick<ClientDetail, 'type' | 'applicationType' | 'grantTypes' | 'domains' | 'secrets' | 'redirectUris'>,
): LiveStep[] {
  const live = client.domains.filter(({ mode, active }) => mode === 'live' && active)
  const steps: LiveStep[] = []
  if (live.length === 0) steps.push('live_domain')
  if (!live.some(({ verified }) => verified)) steps.push('verified_domain')
  const working = client.secrets.some(({ mode, state }) => mode === 'live' && (state === 'active' || state === 'expiring'))
  if (client.type === 'confidential' && !working) steps.push('live_secret')
  if (kindOf(client) === 'machine') return steps
  const ids = new Set(live.map(({ id }) => id))
  if (!client.redirectUris.some(({ uri, kind, domain }) => kind === 'login' && (!domain || (ids.has(domain.id) && /^https:/i.test(uri))))) {
    steps.push('https_redirect_uri')
  }
  return steps
}
