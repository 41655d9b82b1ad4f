import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { generateClientSecret, hashClientSecret, secretHint } from '#lib/secrets/index.ts'
import { type NewSecretDto, type RedirectUriDto, redirectUriDto, type SecretDto, secretDto } from './dto.ts'

/** Rotation needs two at a time; more than this is a mistake in someone's script. */
const MAX_LIVING_SECRETS = 20
const LISTED_SECRETS = 100

/** Which client, and whose: verbs get it from `authorizeClient`. Everything here is reached through both. */
export type ClientRef = { id: string; teamId: string }

/** Tells the later of two editors. @throws AppError conflict */
export function checkVersion(client: { version: number; name: string }, seen: number | undefined): void {
  if (seen === undefined || seen === client.version) return
  throw new AppError('conflict', {
    message: 'Someone else changed this client meanwhile.',
    params: { reason: 'version', name: client.name },
  })
}

function own({ id, teamId }: ClientRef) {
  return { clientId: id, client: { teamId } }
}

export type NewSecret = {
  mode: 'test' | 'live'
  label?: string | undefined
  expiresAt?: Date | undefined
  domainIds?: string[]
  replacesId?: string
}

/** Makes a secret in the caller's transaction; its value is in this answer only. @throws AppError limit_reached */
export async function insertSecret(tx: Db, ctx: Ctx, client: ClientRef, input: NewSecret): Promise<NewSecretDto> {
  const living = await tx.clientSecret.count({
    where: { ...own(client), revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
  })
  if (living >= MAX_LIVING_SECRETS) {
    throw new AppError('limit_reached', {
      message: `A client has at most ${MAX_LIVING_SECRETS} working secrets: revoke one first.`,
      params: { limit: MAX_LIVING_SECRETS, what: 'secrets' },
    })
  }
  const value = generateClientSecret(input.mode)
  const row = await tx.clientSecret.create({
    data: {
      id: newId('sec'),
      clientId: client.id,
      hash: new Uint8Array(hashClientSecret(value)),
      hint: secretHint(value),
      mode: input.mode,
      label: input.label ?? null,
      expiresAt: input.expiresAt ?? null,
      replacesId: input.replacesId ?? null,
      createdById: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
      domains: { create: (input.domainIds ?? []).map((domainId) => ({ domainId })) },
    },
    include: { domains: true },
  })
  return { ...secretDto(row), value }
}

export function findSecret(tx: Db, client: ClientRef, id: string) {
  return tx.clientSecret.findFirst({ where: { ...own(client), id }, include: { domains: true } })
}

/** The newest secrets, the revoked and expired ones included, with the names of who made them. */
export async function findSecrets(tx: Db, client: ClientRef): Promise<SecretDto[]> {
  const rows = await tx.clientSecret.findMany({
    where: own(client),
    include: { domains: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: LISTED_SECRETS,
  })
  const makers = [...new Set(rows.flatMap(({ createdById }) => createdById ?? []))]
  const users = await tx.user.findMany({ where: { id: { in: makers } }, select: { id: true, name: true } })
  const names = new Map(users.map(({ id, name }) => [id, name]))
  return rows.map((row) => secretDto(row, names.get(row.createdById ?? '') ?? null))
}

export async function findRedirectUris(tx: Db, client: ClientRef): Promise<RedirectUriDto[]> {
  const rows = await tx.redirectUri.findMany({
    where: own(client),
    include: { domain: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(redirectUriDto)
}

export function findRedirectUri(tx: Db, client: ClientRef, id: string) {
  return tx.redirectUri.findFirst({ where: { ...own(client), id }, include: { domain: true } })
}

/** What the audit trail keeps of a secret. */
export function secretAudit(client: ClientRef, secret: SecretDto) {
  const { hint, mode, label, expiresAt } = secret
  return { client: client.id, hint, mode, label, expiresAt }
}
