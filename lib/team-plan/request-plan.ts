import { operatorsToMail, throttle } from '#lib/accounts/index.ts'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { queueMail } from '#lib/mail/index.ts'
import { lockTeamPlan } from '#lib/plans/index.ts'
import { authorize } from '#lib/teams/index.ts'
import { type RequestPlanInput, requestPlanInput } from './schemas.ts'

/**
 * Asks the operators for the plan that is given by agreement, with a mail to each. One request at a time. Needs `plan.manage`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, conflict with `params.reason` plan_requested or plan_current,
 * too_many_attempts
 */
export async function requestPlan({ ctx, input }: { ctx: Ctx; input: RequestPlanInput }): Promise<{ id: string; plan: string }> {
  const { userId: asking } = await authorize(ctx, { teamId: input.teamId, permission: 'plan.manage' })
  const { teamId, message } = parseInput(requestPlanInput, input)
  if (asking) await throttle([{ limit: 'plan-request-account', key: asking }])
  return transaction(async (tx) => {
    const team = await lockTeamPlan(tx, teamId)
    const { userId } = await authorize(ctx, { teamId, permission: 'plan.manage' }, tx)
    const plan = await tx.plan.findFirst({ where: { byAgreement: true }, orderBy: { position: 'asc' } })
    if (!plan) throw new AppError('not_found', { message: 'No plan is given by agreement here.' })
    const refuse = (reason: string, text: string) => new AppError('conflict', { message: text, params: { reason, plan: plan.name } })
    if (team.planKey === plan.key) throw refuse('plan_current', `The team has the plan ${plan.name} already.`)
    if (await tx.planRequest.findFirst({ where: { teamId, closedAt: null } })) {
      throw refuse('plan_requested', 'The team has asked already, and waits for an answer.')
    }
    const id = newId('plr')
    await tx.planRequest.create({ data: { id, teamId, planKey: plan.key, requestedById: userId, message } })
    await recordAudit(tx, ctx, {
      action: 'plan.requested',
      teamId,
      target: { type: 'team', id: teamId },
      after: { plan: plan.key, message },
    })
    await mailOperators(tx, ctx, { team: team.name, teamId, plan: plan.key, message })
    return { id, plan: plan.name }
  })
}

/** Takes the open request back. Needs `plan.manage`. @throws AppError unauthenticated, not_found (there is none), permission_denied */
export async function withdrawPlanRequest({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<void> {
  const { teamId } = await authorize(ctx, { teamId: input.teamId, permission: 'plan.manage' })
  await transaction(async (tx) => {
    await lockTeamPlan(tx, teamId)
    await authorize(ctx, { teamId, permission: 'plan.manage' }, tx)
    const open = await tx.planRequest.findFirst({ where: { teamId, closedAt: null } })
    if (!open) throw new AppError('not_found', { message: 'There is no open request.' })
    await tx.planRequest.update({ where: { id: open.id }, data: { closedAt: new Date() } })
    const target = { type: 'team', id: teamId }
    await recordAudit(tx, ctx, { action: 'plan.request_withdrawn', teamId, target, before: { plan: open.planKey } })
  })
}

type Asked = { team: string; teamId: string; plan: string; message: string }

async function mailOperators(tx: Db, { actor }: Ctx, asked: Asked): Promise<void> {
  const person = actor.kind === 'user' ? await tx.user.findUnique({ where: { id: actor.userId } }) : null
  for (const { email, name, locale } of await operatorsToMail(tx)) {
    await queueMail(tx, {
      to: email,
      template: 'plan_request',
      locale: isLocale(locale) ? locale : 'en',
      params: { name, requester: person?.name ?? '-', email: person?.email ?? '-', ...asked },
    })
  }
}
