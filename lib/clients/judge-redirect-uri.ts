import { type DomainDto, isLocalHost } from '#lib/domains/index.ts'
import { parseRedirectUri, type RedirectUriProblem } from './redirect-uri.ts'

/** Why `addRedirectUri` would refuse this address now, as far as the address and the client's domains tell; null: it would not. */
export function judgeRedirectUri(
  client: { applicationType: string; domains: readonly Pick<DomainDto, 'host' | 'mode'>[] },
  uri: string,
): RedirectUriProblem | null {
  const parsed = parseRedirectUri(uri, { native: client.applicationType === 'native' })
  if ('problem' in parsed) return parsed.problem
  if (parsed.kind === 'native') return null
  const domain = client.domains.find(({ host }) => host === parsed.host)
  if (!domain) return isLocalHost(parsed.host) ? null : 'uri_domain_unknown'
  return domain.mode === 'live' && !parsed.secure ? 'uri_http_live' : null
}
