import type { Reach } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, type Prisma } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { hashToken } from './tokens.ts'

const INCLUDE = {
  domain: true,
  client: { include: { scopes: { orderBy: { scope: { position: 'asc' } } }, redirectUris: true } },
} as const satisfies Prisma.SignTokenInclude

export type SignRow = Prisma.SignTokenGetPayload<{ include: typeof INCLUDE }>

/** Clients only, and only for themselves. @throws AppError unauthenticated, not_found */
export function assertClient({ actor }: Ctx, reach: Reach): void {
  if (actor.kind === 'nobody') throw new AppError('unauthenticated')
  if (actor.kind !== 'client' || actor.clientId !== reach.clientId) throw new AppError('not_found')
}

/**
 * The log-in that this start token began, while it can still be answered; null when it is over, or when client, domain or redirect URI
 * have changed so that it could not begin now.
 */
export async function findOpenRequest(token: string): Promise<SignRow | null> {
  const startHash = hashToken('start', token)
  if (!startHash) return null
  const row = await db().signToken.findUnique({ where: { startHash }, include: INCLUDE })
  if (!row || row.answeredAt || row.expiresAt <= new Date()) return null
  return clientAllows(row) && domainAllows(row) ? row : null
}

function clientAllows({ client, domainId, redirectUri }: SignRow): boolean {
  if (client.status !== 'active' || client.deletedAt || client.restrictedAt) return false
  return client.redirectUris.some((entry) => entry.kind === 'login' && entry.uri === redirectUri && entry.domainId === domainId)
}

function domainAllows({ domain, mode, redirectUri }: SignRow): boolean {
  if (!domain) return true
  if (!domain.active || !domain.allowLogin || domain.mode !== mode) return false
  return mode === 'test' || (domain.verifiedAt !== null && redirectUri.startsWith('https://'))
}

/** What the log-in asks for: all of the client's scopes except staying connected, which a sign token does not give. */
export function askedScopes({ client }: SignRow): string[] {
  return client.scopes.map(({ scopeName }) => scopeName).filter((name) => name !== 'offline_access')
}
