import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'

export type PersonalTeam = { id: string; name: string; ownerId: string }

/** The personal team of the user with this e-mail address, for commands. Checks no permission. @throws AppError not_found */
export async function findPersonalTeam(email: string): Promise<PersonalTeam> {
  const team = await db().team.findFirst({ where: { personalOwner: { email: email.trim().toLowerCase() } } })
  if (!team?.personalOwnerId) throw new AppError('not_found', { message: `There is no user with the address ${email}.` })
  return { id: team.id, name: team.name, ownerId: team.personalOwnerId }
}

/** The team with this id, or the personal team of this e-mail address, for commands. Checks no permission. @throws AppError not_found */
export async function findTeam(teamOrEmail: string): Promise<{ id: string; name: string }> {
  if (teamOrEmail.includes('@')) return findPersonalTeam(teamOrEmail)
  const team = await db().team.findUnique({ where: { id: teamOrEmail } })
  if (!team) throw new AppError('not_found', { message: `There is no team ${teamOrEmail}.` })
  return { id: team.id, name: team.name }
}
