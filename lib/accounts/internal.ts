import type { Actor, Ctx } from '#lib/context.ts'
import { AppError } from '#lib/errors.ts'

/** The person who acts. @throws AppError unauthenticated for nobody, permission_denied for a client or the system: these verbs are about oneself. */
export function requireUser(ctx: Ctx): Extract<Actor, { kind: 'user' }> {
  if (ctx.actor.kind === 'user') return ctx.actor
  throw new AppError(ctx.actor.kind === 'nobody' ? 'unauthenticated' : 'permission_denied')
}
