import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { findCountry } from '#lib/countries/index.ts'
import { transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { requireUser } from './internal.ts'
import { UpdateProfileInput } from './schemas.ts'

/**
 * Changes what the acting person says of themself: members that are absent stay, empty ones are cleared.
 * @throws AppError validation_failed, unauthenticated.
 */
export async function updateProfile({ ctx, input }: { ctx: Ctx; input: unknown }): Promise<{ name: string }> {
  const { userId } = requireUser(ctx)
  const wanted = parseInput(UpdateProfileInput, input)
  if (wanted.country) await requireCountry(wanted.country)
  const { name, ...rest } = wanted
  const columns = { ...rest, ...(name === undefined ? {} : { name }) }
  return transaction(async (tx) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    const changed = (Object.keys(columns) as (keyof typeof columns)[]).filter(
      (key) => columns[key] !== undefined && columns[key] !== before[key],
    )
    if (changed.length === 0) return { name: before.name }
    const after = await tx.user.update({ where: { id: userId }, data: columns })
    await recordAudit(tx, ctx, {
      action: 'user.profile_updated',
      teamId: null,
      target: { type: 'user', id: userId },
      // Which members, and of the name what it was: the rest is nobody's business but the person's.
      before: { name: before.name },
      after: { name: after.name, changed: changed.sort() },
    })
    return { name: after.name }
  })
}

async function requireCountry(code: string): Promise<void> {
  if (await findCountry(code)) return
  const message = 'This is not a country of ISO 3166-1.'
  throw new AppError('validation_failed', { message, fields: [{ path: 'country', message, code: 'country' }] })
}
