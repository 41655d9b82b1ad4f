import { readAccountSession } from '#lib/accounts/index.ts'
import { isAppError } from '#lib/errors.ts'
import { allowConsent } from '#lib/grants/index.ts'
import { answerInteraction, loadInteraction } from '#lib/oidc/index.ts'
import { readPlainForm, seeOther } from './auth/plain-form.ts'
import { contextOf } from './context.ts'
import { declinedScopes } from './declined-scopes.ts'
import { nodeRequest } from './node-request.ts'

/**
 * Takes the answer of the consent page, from a form of ours with its token, in the browser that the interaction belongs to and by the
 * person it is for; anything else goes back to the page, which says what is the matter.
 */
export async function answerInteractionForm(request: Request, uid: string): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const session = await readAccountSession(request.headers.get('cookie'))
  const { req, res } = nodeRequest(request.headers)
  const loaded = await loadInteraction(req, res, uid, session)
  const here = `/interaction/${encodeURIComponent(uid)}`
  if (!loaded || !session || loaded.view.sub !== session.sub || loaded.view.prompt === 'login') return seeOther(here)

  const { view } = loaded
  if (form.get('answer') === 'continue' && view.prompt === 'select_account') {
    return seeOther((await answerInteraction(req, res, uid, { kind: 'selected' })) ?? here)
  }
  if (form.get('answer') !== 'allow' || view.prompt !== 'consent') {
    const description = view.prompt === 'test_mode' ? 'the application is in test mode' : 'the person declined'
    return seeOther((await answerInteraction(req, res, uid, { kind: 'denied', description })) ?? here)
  }
  try {
    const declined = declinedScopes(form)
    // What the page showed, not all that was asked: of the rest, each is allowed or declined already.
    const scopes = view.newScopes.filter((scope) => !declined.includes(scope))
    const resourceScopes = view.newResourceScopes.map(({ identifier, name }) => `${identifier} ${name}`)
    await allowConsent({
      ctx: contextOf(request.headers, session),
      input: { clientId: view.client.id, scopes, declined, claims: view.newClaims, resourceScopes },
    })
  } catch (error) {
    // The client was disabled or deleted while the page was open: the page says that this is over.
    if (isAppError(error)) return seeOther(here)
    throw error
  }
  return seeOther((await answerInteraction(req, res, uid, { kind: 'consent' })) ?? here)
}

/**
 * "Not you?": goes on with the same authorization by a fresh log-in. A link, since it does nothing but ask: whoever made somebody follow
 * it would make them see a log-in form. Only in the browser that the interaction belongs to.
 */
export async function switchAccount(request: Request, uid: string): Promise<Response> {
  const { req, res } = nodeRequest(request.headers)
  const here = `/interaction/${encodeURIComponent(uid)}`
  const loaded = await loadInteraction(req, res, uid, null)
  if (!loaded || loaded.view.prompt === 'login') return seeOther(here)
  return seeOther((await answerInteraction(req, res, uid, { kind: 'switched' })) ?? here)
}
