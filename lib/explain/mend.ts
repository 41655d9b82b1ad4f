import type { ClientDetail } from '#lib/clients/index.ts'
import { parseHost } from '#lib/domains/index.ts'
import { allowlistHas } from '#lib/gate/index.ts'
import type { Fix, FixAction, FixLink } from './types.ts'

/** What a request was about, as far as its mending goes. */
export type Subject = {
  clientId: string | null
  /** Of the client now; null when it is gone, or the actor may not see it. */
  client: ClientDetail | null
  domainId: string | null
  /** The host that was meant. */
  host: string | null
  ip: string | null
  secret: { id: string; mode: 'test' | 'live' | null } | null
  redirectUri: string | null
  /** Only a part of the redirect URI was kept. */
  redirectUriCut: boolean
}

type Domain = ClientDetail['domains'][number]
export type Mending = { fixes: Fix[]; links: FixLink[]; mended: boolean }

const none: Mending = { fixes: [], links: [], mended: false }
const at = (...links: FixLink[]): Mending => ({ ...none, links })

/** What mends each cause: clicks where one will do, else places; and whether it was mended since. */
export const MENDING: Record<string, (subject: Subject) => Mending> = {
  https_required: () => at('overview'),
  credentials_missing: () => at('secrets', 'overview'),
  credentials_malformed: () => at('secrets'),
  too_many_failures: () => at('secrets'),
  invalid_credentials: () => at('secrets'),
  client_disabled: (subject) => ofClient(subject, ({ status }) => status === 'active', 'enable_client', 'settings'),
  client_restricted: ({ client }) => ({ ...at('settings'), mended: client?.restricted === false }),
  plan_inactive: () => at('plan'),
  browser_refused: ({ secret }) => at(secret ? 'secret' : 'secrets'),
  domain_not_allowed: missingDomain,
  domain_inactive: (subject) => ofDomain(subject, ({ active }) => active, 'activate_domain'),
  domain_unverified: (subject) => ofDomain(subject, ({ verified, mode }) => verified || mode === 'test', 'verify_domain'),
  secret_not_linked: ({ secret }) => at(secret ? 'secret' : 'secrets'),
  mode_mismatch: wrongMode,
  login_not_allowed: (subject) => ofDomain(subject, ({ allowLogin }) => allowLogin, 'allow_login'),
  api_not_allowed: (subject) => ofDomain(subject, ({ allowApi }) => allowApi, 'allow_api'),
  ip_not_allowed: refusedAddress,
  rate_limited: () => at('plan', 'usage'),
  quota_exceeded: () => at('plan', 'usage'),
  scope_not_granted: () => at('scopes'),
  consent_required: () => at('users'),
  user_not_found: () => at('users'),
  redirect_uri_not_registered: unregisteredAddress,
  redirect_uri_https: () => at('redirect_uris'),
  secret_mode: () => at('secrets', 'domains'),
  secret_domains: ({ secret }) => at(secret ? 'secret' : 'secrets'),
  testers_only: () => at('users', 'domains'),
  client_unavailable: (subject) =>
    subject.client?.restricted ? at('settings') : ofClient(subject, ({ status }) => status === 'active', 'enable_client', 'settings'),
  client_auth_failed: () => at('secrets'),
  client_auth_missing: () => at('secrets'),
  client_auth_method: () => at('overview'),
  scope_missing: () => at('scopes'),
  scope_unknown: () => at('scopes'),
  grant_type: () => at('overview'),
  invalid_token: () => at('overview'),
  token_invalid: () => at('overview'),
}

function domainOf({ client, domainId, host }: Subject): Domain | undefined {
  return client?.domains.find((each) => each.id === domainId) ?? client?.domains.find((each) => each.host === host)
}

function ofClient(subject: Subject, isMended: (client: ClientDetail) => boolean, action: FixAction, link: FixLink): Mending {
  const { client } = subject
  if (!client) return at(link)
  if (isMended(client)) return { ...at(link), mended: true }
  return { fixes: [{ action, permission: 'clients.update', fields: { clientId: client.id } }], links: [link], mended: false }
}

function ofDomain(subject: Subject, isMended: (domain: Domain) => boolean, action: FixAction): Mending {
  const domain = domainOf(subject)
  if (!subject.client || !domain) return at('domains')
  if (isMended(domain)) return { ...at('domains'), mended: true }
  return { ...at('domains'), fixes: [fix(action, subject.client, domain)] }
}

function fix(action: FixAction, client: ClientDetail, domain: Domain, more: Record<string, string> = {}): Fix {
  return { action, permission: 'domains.manage', fields: { clientId: client.id, domainId: domain.id, host: domain.host, ...more } }
}

function missingDomain({ client, host }: Subject): Mending {
  const parsed = host === null ? null : parseHost(host)
  if (!client || !parsed || !('host' in parsed)) return at('domains')
  if (client.domains.some((domain) => domain.host === parsed.host)) return { ...at('domains'), mended: true }
  return {
    ...at('domains'),
    fixes: [{ action: 'add_domain', permission: 'domains.manage', fields: { clientId: client.id, host: parsed.host } }],
  }
}

/** A live secret on a test domain: the domain may be ready for live. The reverse is mended with another secret. */
function wrongMode(subject: Subject): Mending {
  const domain = domainOf(subject)
  const { client, secret } = subject
  if (!client || !domain || !secret?.mode) return at('secrets', 'domains')
  if (domain.mode === secret.mode) return { ...at('secrets', 'domains'), mended: true }
  if (secret.mode === 'live' && domain.local) return at('secrets', 'domains')
  return { ...at('secrets', 'domains'), fixes: [fix(secret.mode === 'live' ? 'domain_live' : 'domain_test', client, domain)] }
}

function refusedAddress(subject: Subject): Mending {
  const domain = domainOf(subject)
  if (!subject.client || !domain || !subject.ip) return at('domains')
  if (domain.ipAllowlist.length === 0 || domain.ipMonitor || allowlistHas(domain.ipAllowlist, subject.ip))
    return { ...at('domains'), mended: true }
  return { ...at('domains'), fixes: [fix('allow_address', subject.client, domain, { ip: subject.ip })] }
}

function unregisteredAddress({ client, redirectUri, redirectUriCut }: Subject): Mending {
  if (!client || !redirectUri || redirectUriCut) return at('redirect_uris')
  if (client.redirectUris.some(({ uri, kind }) => kind === 'login' && uri === redirectUri)) return { ...at('redirect_uris'), mended: true }
  const fields = { clientId: client.id, uri: redirectUri }
  return { ...at('redirect_uris'), fixes: [{ action: 'add_redirect_uri', permission: 'domains.manage', fields }] }
}
