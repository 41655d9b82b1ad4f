import { type Db, db } from '#lib/db.ts'
import { isLocale, type Locale } from '#lib/i18n/index.ts'
import { systemRoleId } from '#lib/teams/permissions.ts'

/** Those of `ids` that are clients. */
export async function existingClients(ids: string[]): Promise<Set<string>> {
  const rows = await db().client.findMany({ where: { id: { in: ids }, deletedAt: null }, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}

export type Owner = { email: string; name: string; locale: Locale }

/** Who is told about a client: the owners of its team whose address is proven, so that nobody can have strangers mailed. */
export async function ownersOf(tx: Db, teamId: string): Promise<Owner[]> {
  const rows = await tx.member.findMany({
    where: { teamId, roleId: systemRoleId('owner'), user: { disabledAt: null, emailVerifiedAt: { not: null } } },
    select: { user: { select: { email: true, name: true, locale: true } } },
  })
  return rows.map(({ user }) => ({ email: user.email, name: user.name, locale: isLocale(user.locale) ? user.locale : 'en' }))
}
