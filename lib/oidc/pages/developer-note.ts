import type { KoaContextWithOIDC } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { isAppError } from '#lib/errors.ts'
import { hasText, type Locale, translate } from '#lib/i18n/index.ts'
import { factsOf } from '#lib/request-facts.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { accountSessionOf } from '../account-session.ts'
import { errorCause } from '../error-cause.ts'
import { escapeHtml } from './layout.ts'

/** For the developer (logged in, a member of the client's team who may read its log): the cause, and the way to the request. Else nothing. */
export async function developerNote(ctx: KoaContextWithOIDC, locale: Locale, error: Error): Promise<string> {
  const cause = errorCause(ctx, error)
  const requestId = factsOf(ctx.req)?.requestId
  if (!cause || !requestId || !hasText('en', `explain.causes.${cause}.title`)) return ''
  if (!(await isDeveloper(ctx))) return ''
  const say = (key: string) => escapeHtml(translate(locale, key))
  return `<section aria-label="${say('oidc.error.developer.title')}"><h2>${say('oidc.error.developer.title')}</h2>
<p><strong>${say(`explain.causes.${cause}.title`)}</strong>. ${say(`explain.causes.${cause}.text`)} ${say(`explain.causes.${cause}.fix`)}</p>
<p><a href="${escapeHtml(`${env().PUBLIC_URL}/requests/${requestId}`)}">${say('oidc.error.developer.link')}</a></p></section>`
}

async function isDeveloper(ctx: KoaContextWithOIDC): Promise<boolean> {
  const clientId = ctx.oidc?.client?.clientId ?? ctx.oidc?.params?.client_id ?? ctx.query?.client_id
  if (typeof clientId !== 'string') return false
  try {
    const session = await accountSessionOf(ctx)
    if (!session) return false
    const { userId, sub, email, isOperator, sessionId } = session
    const actor = { kind: 'user', userId, sub, email, isOperator, sessionId } as const
    const who = { actor, requestId: '', ip: null, userAgent: null, locale: 'en' } as const
    await authorizeClient(who, { clientId, permission: 'logs.read' })
    return true
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}
