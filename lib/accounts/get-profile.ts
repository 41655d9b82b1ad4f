import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { requireUser } from './internal.ts'

/** Everything that a person's account says of them, for themself. */
export type OwnProfile = {
  sub: string
  name: string
  givenName: string | null
  familyName: string | null
  email: string
  emailVerified: boolean
  /** An address that waits for its code. */
  pendingEmail: string | null
  picture: string | null
  birthdate: string | null
  gender: string | null
  phone: string | null
  secondEmail: string | null
  country: string | null
  /** The person's own setting; null: as the browser says. */
  locale: string | null
  theme: string | null
  hasPassword: boolean
  passwordChangedAt: Date | null
  externalLogins: { provider: string; email: string | null; since: Date }[]
  createdAt: Date
}

/** The acting person's own account. @throws AppError unauthenticated. */
export async function getProfile({ ctx }: { ctx: Ctx }): Promise<OwnProfile> {
  const { userId } = requireUser(ctx)
  const user = await db().user.findUnique({
    where: { id: userId },
    include: {
      externalAccounts: { orderBy: { createdAt: 'asc' } },
      codes: { where: { purpose: 'change_email', consumedAt: null, expiresAt: { gt: new Date() } }, select: { email: true } },
    },
  })
  if (!user) throw new AppError('unauthenticated')
  return {
    sub: user.sub,
    name: user.name,
    givenName: user.givenName,
    familyName: user.familyName,
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
    pendingEmail: user.codes[0]?.email ?? null,
    picture: user.picture,
    birthdate: user.birthdate,
    gender: user.gender,
    phone: user.phone,
    secondEmail: user.secondEmail,
    country: user.country,
    locale: user.locale,
    theme: user.theme,
    hasPassword: user.passwordHash !== null,
    passwordChangedAt: user.passwordChangedAt,
    externalLogins: user.externalAccounts.map(({ provider, email, createdAt }) => ({ provider, email, since: createdAt })),
    createdAt: user.createdAt,
  }
}
