import type { Ctx } from '#lib/context.ts'
import { AppError } from '#lib/errors.ts'

/** The keys belong to the installation. @throws AppError unauthenticated, permission_denied */
export function authorizeOperator({ actor }: Ctx): void {
  if (actor.kind === 'nobody') throw new AppError('unauthenticated')
  if (actor.kind !== 'system' && !(actor.kind === 'user' && actor.isOperator)) throw new AppError('permission_denied')
}
