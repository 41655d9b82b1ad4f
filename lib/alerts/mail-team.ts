import type { Db } from '#lib/db.ts'
import { type MailParams, queueMail } from '#lib/mail/index.ts'
import { ownersOf } from './internal.ts'
import type { SecretAlertKind, TeamAlertKind } from './kinds.ts'

/** Mails the owners of a team about it, in the caller's transaction. `params` are what the text of the kind names besides the team. */
export async function mailTeam(
  tx: Db,
  teamId: string,
  params: MailParams & { kind: SecretAlertKind | TeamAlertKind; url: string },
): Promise<void> {
  const team = await tx.team.findUnique({ where: { id: teamId }, select: { name: true } })
  if (!team) return
  for (const { email, name, locale } of await ownersOf(tx, teamId)) {
    await queueMail(tx, { to: email, template: 'team_alert', locale, params: { ...params, name, team: team.name } })
  }
}
