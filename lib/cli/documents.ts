import type { ClientDetail, RedirectUriDto, SecretDto } from '#lib/clients/index.ts'
import type { DomainDto } from '#lib/domains/index.ts'

/** A domain as commands print it. */
export function domainDocument(domain: DomainDto) {
  return {
    id: domain.id,
    host: domain.host,
    mode: domain.mode,
    active: domain.active,
    allow_login: domain.allowLogin,
    allow_api: domain.allowApi,
    primary: domain.primary,
    verified: domain.verified,
    ip_allowlist: domain.ipAllowlist,
  }
}

/** Everything of a secret but its value. */
function secretDocument(secret: SecretDto) {
  return {
    secret_id: secret.id,
    hint: secret.hint,
    mode: secret.mode,
    label: secret.label,
    state: secret.state,
    created_at: secret.createdAt,
    expires_at: secret.expiresAt,
    revoked_at: secret.revokedAt,
    last_used_at: secret.lastUsedAt,
    last_used_ip: secret.lastUsedIp,
  }
}

/** Everything of a client but the values of its secrets. */
export function clientDocument(client: ClientDetail) {
  const uris = (kind: RedirectUriDto['kind']) => client.redirectUris.filter((one) => one.kind === kind).map(({ uri }) => uri)
  return {
    client_id: client.id,
    name: client.name,
    description: client.description,
    type: client.type,
    application_type: client.applicationType,
    status: client.status,
    restricted: client.restricted,
    team: client.team,
    grant_types: client.grantTypes,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    id_token_signed_response_alg: client.idTokenSignedResponseAlg,
    domains: client.domains.map(domainDocument),
    redirect_uris: uris('login'),
    post_logout_redirect_uris: uris('logout'),
    scopes: client.scopes.map(({ name }) => name),
    optional_scopes: client.scopes.filter(({ optional }) => optional).map(({ name }) => name),
    secrets: client.secrets.map(secretDocument),
    created_at: client.createdAt,
    updated_at: client.updatedAt,
    disabled_at: client.disabledAt,
    last_used_at: client.lastUsedAt,
  }
}

/** A domain in one line. */
export function domainLine(domain: DomainDto): string {
  const flags = [
    domain.mode,
    domain.active ? 'active' : 'inactive',
    domain.verified ? 'verified' : 'unverified',
    domain.allowLogin ? 'login' : 'no login',
    domain.allowApi ? 'API' : 'no API',
    ...(domain.primary ? ['primary'] : []),
    ...(domain.ipAllowlist.length > 0 ? [`only ${domain.ipAllowlist.join(' ')}`] : []),
  ]
  return `${domain.host} (${flags.join(', ')})`
}
