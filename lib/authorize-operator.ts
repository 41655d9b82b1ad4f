import type { Ctx } from './context.ts'
import { AppError } from './errors.ts'

/**
 * What belongs to the installation is for its operators and the system; to anyone else it does not exist.
 * @throws AppError unauthenticated, not_found
 */
export function authorizeOperator({ actor }: Ctx): void {
  if (actor.kind === 'system' || (actor.kind === 'user' && actor.isOperator)) return
  if (actor.kind === 'nobody') throw new AppError('unauthenticated')
  throw new AppError('not_found')
}
