import { redirect } from 'next/navigation'
import { isAppError } from '#lib/errors.ts'
import { answerSignRequest, loadSignRequest, type SignView } from '#lib/sign-tokens/index.ts'
import { currentContext } from './context.ts'

export type SignState = { view: SignView; email: string | null } | null

/**
 * What the page of a start token shows; null when that log-in is over. Someone who has allowed all of it before is sent on at once, as in
 * OpenID Connect, unless they want to use another account (`switching`).
 */
export async function signPage(token: string, switching: boolean): Promise<SignState> {
  const ctx = await currentContext()
  const view = await loadSignRequest({ ctx, input: { token } })
  if (!view) return null
  const email = ctx.actor.kind === 'user' ? ctx.actor.email : null
  if (switching) return { view: { ...view, needs: 'login' }, email }
  if (view.needs !== 'nothing') return { view, email }
  const location = await goOn(token)
  if (location) redirect(location)
  return null
}

async function goOn(token: string): Promise<string | null> {
  try {
    return (await answerSignRequest({ ctx: await currentContext(), input: { token, answer: 'continue' } })).location
  } catch (error) {
    // Answered in another tab meanwhile.
    if (isAppError(error)) return null
    throw error
  }
}
