import { notFound } from 'next/navigation'
import { requireUserContext, type UserCtx } from '../context.ts'

/** The context of an operator; for anyone else the page does not exist. The verbs ask again. */
export async function operatorContext(): Promise<UserCtx> {
  const ctx = await requireUserContext()
  if (!ctx.actor.isOperator) notFound()
  return ctx
}
