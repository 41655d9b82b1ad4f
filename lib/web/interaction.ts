import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { AccountSession } from '#lib/accounts/index.ts'
import { answerInteraction, type InteractionView, loadInteraction } from '#lib/oidc/index.ts'
import { currentSession } from './context.ts'
import { nodeRequest } from './node-request.ts'

export type InteractionState = { view: InteractionView; session: AccountSession | null; redirectUri: string } | null

/**
 * What the page of an interaction shows; null when it is not this browser's, or over. Where the account session answers the question
 * already, nothing is shown and the authorization goes on.
 */
export async function interactionPage(uid: string): Promise<InteractionState> {
  const session = await currentSession()
  const { req, res } = nodeRequest(await headers())
  const loaded = await loadInteraction(req, res, uid, session)
  if (!loaded) return null
  const { view, satisfied, redirectUri } = loaded
  if (view.prompt === 'login' && satisfied && session) {
    const next = await answerInteraction(req, res, uid, { kind: 'login', session })
    if (next) redirect(next)
    return null
  }
  return { view, session, redirectUri }
}
