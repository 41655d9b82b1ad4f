import type { Ctx } from './context.ts'
import { AppError } from './errors.ts'

/** Whether the installation itself acts: one of its operators, or the system. */
export function isOperator({ actor }: Ctx): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.isOperator)
}

/**
 * What belongs to the installation is for its operators and the system; to anyone else it does not exist.
 * @throws AppError unauthenticated, not_found
 */
export function authorizeOperator(ctx: Ctx): void {
  if (isOperator(ctx)) return
  if (ctx.actor.kind === 'nobody') throw new AppError('unauthenticated')
  throw new AppError('not_found')
}
