import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, isUniqueViolation, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId, newSub } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { createPersonalTeam } from '#lib/teams/index.ts'
import { CODE_MINUTES, createCode } from './codes.ts'
import { emailAddress, personName } from './schemas.ts'

const ExternalLogin = z.object({
  provider: z.enum(['google', 'azure-ad', 'github']),
  providerAccountId: z.string().min(1).max(255),
  email: emailAddress,
  /** Only what the provider itself says of the address. */
  emailVerified: z.boolean(),
  name: z.string().nullish(),
})

type External = z.output<typeof ExternalLogin>

/**
 * Whose account an external log-in is: the one it is linked to; else one with the same address, if both sides have verified it; else a
 * new one. An unverified account may have been made by someone who does not own the address, so nothing is ever merged into it.
 * @throws AppError conflict when the address has an account that it may not join, permission_denied when that is disabled,
 * validation_failed when the provider gave no address.
 */
export async function resolveExternalLogin({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ userId: string }> {
  const external = parseInput(ExternalLogin, input)
  try {
    return await transaction((tx) => resolve(tx, ctx, external))
  } catch (error) {
    // Two first log-ins at once: the loser finds what the winner made.
    if (isUniqueViolation(error)) return transaction((tx) => resolve(tx, ctx, external))
    throw error
  }
}

async function resolve(tx: Db, ctx: Ctx, external: External): Promise<{ userId: string }> {
  const { provider, providerAccountId, email, emailVerified } = external
  const linked = await tx.externalAccount.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    include: { user: true },
  })
  if (linked) return allow(linked.user)

  const owner = await tx.user.findUnique({ where: { email } })
  if (owner && !(owner.emailVerifiedAt && emailVerified)) {
    throw new AppError('conflict', { message: 'This address already has an account. Log in with your password first.' })
  }
  const userId = owner ? allow(owner).userId : await create(tx, ctx, external)
  await tx.externalAccount.create({ data: { provider, providerAccountId, userId, email } })
  await recordAudit(tx, ctx, { action: 'user.external_linked', teamId: null, target: { type: 'user', id: userId }, after: { provider } })
  return { userId }
}

async function create(tx: Db, ctx: Ctx, { email, emailVerified, name }: External): Promise<string> {
  const named = personName.safeParse(name ?? '')
  const displayName = named.success ? named.data : (email.split('@')[0] as string)
  const user = await tx.user.create({
    data: { id: newId('usr'), sub: newSub(), email, name: displayName, emailVerifiedAt: emailVerified ? new Date() : null },
  })
  await recordAudit(tx, ctx, { action: 'user.registered', teamId: null, target: { type: 'user', id: user.id }, after: { operator: false } })
  await createPersonalTeam(tx, ctx, { userId: user.id, name: displayName })
  if (!emailVerified) {
    const code = await createCode(tx, { userId: user.id, purpose: 'verify_email' })
    await queueMail(tx, {
      to: email,
      template: 'verify_email',
      locale: ctx.locale,
      params: { name: displayName, code, minutes: CODE_MINUTES },
    })
  }
  return user.id
}

function allow(user: { id: string; disabledAt: Date | null }): { userId: string } {
  if (user.disabledAt) throw new AppError('permission_denied', { message: 'This account is disabled.' })
  return { userId: user.id }
}
