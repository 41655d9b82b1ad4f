import * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId, randomBase62 } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { textLine } from '#lib/text-line.ts'
import { hashOf, PREFIX, type RegistrationTokenDto, registrationTokenDto } from './internal.ts'

const DAY_MS = 86_400_000

const schema = z.object({
  teamId: z.string().max(100),
  label: textLine(100).optional(),
  maxUses: z.number().int().min(1).max(1000).default(1),
  days: z.number().int().min(1).max(365).default(7),
})

export type NewRegistrationToken = RegistrationTokenDto & { value: string }

/**
 * Makes an initial access token for a team: whoever holds it may register `maxUses` clients, as far as the team's plan goes. Its value is
 * in this answer only. Operators and the system only.
 * @throws AppError unauthenticated, not_found, validation_failed
 */
export async function createRegistrationToken({ ctx, input }: { ctx: Ctx; input: z.input<typeof schema> }): Promise<NewRegistrationToken> {
  authorizeOperator(ctx)
  const { teamId, label, maxUses, days } = parseInput(schema, input)
  const value = PREFIX + randomBase62(40)
  return transaction(async (tx) => {
    if (!(await tx.team.findUnique({ where: { id: teamId }, select: { id: true } })))
      throw new AppError('not_found', { message: 'There is no such team.' })
    const row = await tx.registrationToken.create({
      data: {
        id: newId('reg'),
        teamId,
        tokenHash: hashOf(value),
        label: label || null,
        maxUses,
        expiresAt: new Date(Date.now() + days * DAY_MS),
      },
    })
    const target = { type: 'registration_token', id: row.id }
    await recordAudit(tx, ctx, { action: 'registration_token.created', teamId, target, after: { label: row.label, maxUses, days } })
    return { ...registrationTokenDto(row), value }
  })
}
