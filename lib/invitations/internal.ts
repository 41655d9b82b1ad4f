import { createHash } from 'node:crypto'
import { accountKey, throttle } from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, db, type Prisma } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { isLocale, type Locale } from '#lib/i18n/index.ts'
import { randomBase62 } from '#lib/ids.ts'
import { queueMail } from '#lib/mail/index.ts'

const LIFE_DAYS = 7
const DAY_MS = 24 * 60 * 60_000
const TOKEN_LENGTH = 43

const parts = { role: true, team: true, invitedBy: { select: { name: true } } } satisfies Prisma.InvitationInclude

export type InvitationRow = Prisma.InvitationGetPayload<{ include: typeof parts }>

/** An open invitation of a team, expired or not. @throws AppError not_found */
export async function requireOpen(tx: Db, teamId: string, id: string): Promise<InvitationRow> {
  const row = await tx.invitation.findFirst({ where: { id, teamId, state: 'open' }, include: parts })
  if (!row) throw new AppError('not_found', { message: 'There is no such invitation.' })
  return row
}

/** Whatever became of the invitation that a link belongs to; null for a token that we never made. */
export function findByToken(token: string, tx: Db = db()): Promise<InvitationRow | null> {
  return tx.invitation.findUnique({ where: { tokenHash: hashOf(token) }, include: parts })
}

/** Whether it can still be answered. */
export function isOpen(row: Pick<InvitationRow, 'state' | 'expiresAt'>): boolean {
  return row.state === 'open' && row.expiresAt > new Date()
}

/** A fresh token for a link, and what the row keeps of it. */
export function newToken(): {
  token: string
  fields: { tokenHash: Uint8Array<ArrayBuffer>; mailed: boolean; sentAt: Date; expiresAt: Date }
} {
  const token = randomBase62(TOKEN_LENGTH)
  const sentAt = new Date()
  const expiresAt = new Date(sentAt.getTime() + LIFE_DAYS * DAY_MS)
  return { token, fields: { tokenHash: hashOf(token), mailed: mailIsSent(), sentAt, expiresAt } }
}

/** The token is long and random, so a plain hash is enough. */
function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

function mailIsSent(): boolean {
  return env().SMTP_URL !== undefined
}

/**
 * Counts a mail to `email` by the acting person, over all their teams: to those who are invited, an invitation that was taken back and sent anew is
 * one more mail. Call it before the transaction. @throws AppError too_many_attempts
 */
export async function countInvitationMail({ actor }: Ctx, email: string): Promise<void> {
  if (actor.kind !== 'user') return
  await throttle([
    { limit: 'invite-address', key: `${actor.userId}:${accountKey(email)}` },
    { limit: 'invite-account', key: actor.userId },
  ])
}

/**
 * Mails the link, in the language of the address's account or else the inviter's. Where no mail is sent, answers the link, for the inviter to pass on.
 */
export async function mailInvitation(tx: Db, row: InvitationRow, token: string, fallback: Locale): Promise<string | null> {
  const known = await tx.user.findUnique({ where: { email: row.email }, select: { name: true, locale: true } })
  const url = `${env().PUBLIC_URL}/invitations/${token}`
  await queueMail(tx, {
    to: row.email,
    template: 'team_invitation',
    locale: isLocale(known?.locale) ? known.locale : fallback,
    params: {
      name: known?.name ?? row.email,
      inviter: row.invitedBy?.name ?? env().BRAND_NAME,
      team: row.team.name,
      role: row.role.system ? row.role.key : row.role.name,
      system: Number(row.role.system),
      days: LIFE_DAYS,
      url,
    },
  })
  return row.mailed ? null : url
}
