import { isAppError } from '#lib/errors.ts'
import { answerSignRequest } from '#lib/sign-tokens/index.ts'
import { readPlainForm, seeOther } from './auth/plain-form.ts'
import { requestContext } from './context.ts'
import { declinedScopes } from './declined-scopes.ts'

/**
 * Takes the answer of the page of a start token, from a form of ours with its token, by whoever is logged in there. The fresh token goes
 * to this browser only. Anything that cannot be answered goes back to the page, which says what is the matter.
 */
export async function answerSignForm(request: Request, token: string): Promise<Response> {
  const form = await readPlainForm(request)
  if (form instanceof Response) return form
  const ctx = await requestContext(request)
  try {
    const answer = form.get('answer') === 'allow' ? 'allow' : 'deny'
    return seeOther((await answerSignRequest({ ctx, input: { token, answer, declined: declinedScopes(form) } })).location)
  } catch (error) {
    if (isAppError(error)) return seeOther(`/sign/${encodeURIComponent(token)}`)
    throw error
  }
}
