import type { Prisma } from '#lib/db.ts'

export type ClientRow = Prisma.ClientGetPayload<object>

/** A client as its team sees it. */
export type ClientDto = {
  id: string
  teamId: string
  name: string
  description: string | null
  type: 'confidential' | 'public'
  applicationType: 'web' | 'spa' | 'native'
  /** The address of its picture, on this site. */
  logoUri: string | null
  status: 'active' | 'disabled'
  disabledAt: string | null
  /** Restricted for abuse. */
  restricted: boolean
  /** Counts changes; send it back with a change to be told when someone else was faster. */
  version: number
  grantTypes: string[]
  tokenEndpointAuthMethod: string
  /** What its ID tokens are signed with. */
  idTokenSignedResponseAlg: string
  createdAt: string
  updatedAt: string
  lastUsedAt: string | null
}

/** What a client is to those who build with it. */
export type ClientKind = 'web' | 'spa' | 'native' | 'machine'

/** Nobody logs in to a client whose only grant is client credentials: a machine. */
export function kindOf({ applicationType, grantTypes }: Pick<ClientDto, 'applicationType' | 'grantTypes'>): ClientKind {
  return grantTypes.includes('authorization_code') || !grantTypes.includes('client_credentials') ? applicationType : 'machine'
}

export function clientDto(row: ClientRow): ClientDto {
  return {
    id: row.id,
    teamId: row.teamId,
    name: row.name,
    description: row.description,
    type: row.type,
    applicationType: row.applicationType,
    logoUri: row.logoUri,
    status: row.status,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    restricted: row.restrictedAt !== null,
    version: row.version,
    grantTypes: row.grantTypes,
    tokenEndpointAuthMethod: row.tokenEndpointAuthMethod,
    idTokenSignedResponseAlg: row.idTokenSignedResponseAlg,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}

/** Everything of a secret but the secret: its hash stays in the database, its value was shown once. */
export type SecretDto = {
  id: string
  hint: string
  mode: 'test' | 'live'
  label: string | null
  /** `expiring`: works until `expiresAt`. */
  state: 'active' | 'expiring' | 'expired' | 'revoked'
  createdAt: string
  createdBy: string | null
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
  /** The only domains it works on; empty: all of the client's, those of its mode. */
  domainIds: string[]
  /** The secret that this one took over from, by rotation. */
  replacesId: string | null
}

/** A new secret with its value, which no other answer ever has. */
export type NewSecretDto = SecretDto & { value: string }

type SecretRow = Prisma.ClientSecretGetPayload<{ include: { domains: true } }>

export function secretDto(row: SecretRow, createdBy: string | null = null, now = new Date()): SecretDto {
  return {
    id: row.id,
    hint: row.hint,
    mode: row.mode,
    label: row.label,
    state: secretState(row, now),
    createdAt: row.createdAt.toISOString(),
    createdBy,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedIp: row.lastUsedIp,
    domainIds: row.domains.map(({ domainId }) => domainId).sort(),
    replacesId: row.replacesId,
  }
}

function secretState(row: SecretRow, now: Date): SecretDto['state'] {
  if (row.revokedAt) return 'revoked'
  if (!row.expiresAt) return 'active'
  return row.expiresAt <= now ? 'expired' : 'expiring'
}

export type RedirectUriDto = {
  id: string
  uri: string
  kind: 'login' | 'logout'
  /** Null for a native app's own scheme or loopback address. */
  domain: { id: string; host: string; mode: 'test' | 'live' } | null
  createdAt: string
}

type RedirectUriRow = Prisma.RedirectUriGetPayload<{ include: { domain: true } }>

export function redirectUriDto(row: RedirectUriRow): RedirectUriDto {
  const { domain } = row
  return {
    id: row.id,
    uri: row.uri,
    kind: row.kind,
    domain: domain && { id: domain.id, host: domain.host, mode: domain.mode },
    createdAt: row.createdAt.toISOString(),
  }
}
