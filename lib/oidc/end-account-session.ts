import type { KoaContextWithOIDC } from 'oidc-provider'
import { type AccountSession, clearCookie, endSession, sessionCookieName } from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { env } from '#lib/env.ts'
import { isAppError } from '#lib/errors.ts'
import { factsOf } from '#lib/request-facts.ts'
import { accountSessionOf } from './account-session.ts'
import { pageLocale } from './pages/layout.ts'
import { routePath } from './route-path.ts'

/**
 * Logging out at either end ends both: a confirmed RP-initiated log-out ends the account session of that browser too, and with it
 * every family that was authorized from it.
 */
export async function endAccountSessionWithLogout(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  if (routePath(ctx) !== '/session/end/confirm') {
    await next()
    return
  }
  const account = await accountSessionOf(ctx)
  await next()
  const { oidc } = ctx
  const ended = oidc?.route === 'end_session_confirm' && Boolean(oidc.params?.logout) && ctx.status === 303
  // When somebody else logged in meanwhile, the library logs the former person out; the session of this browser is the new one's.
  if (!ended || !account || oidc.session?.accountId !== account.sub) return
  try {
    await endSession({ ctx: contextOf(ctx, account), input: { sessionId: account.sessionId } })
  } catch (error) {
    // Ended from elsewhere in the meantime: what was asked for is the case.
    if (!isAppError(error) || error.code !== 'not_found') throw error
  }
  ctx.append('Set-Cookie', clearCookie(sessionCookieName(env().secure)))
}

function contextOf(ctx: KoaContextWithOIDC, account: AccountSession): Ctx {
  const facts = factsOf(ctx.req)
  const { userId, sub, email, isOperator, sessionId } = account
  return {
    actor: { kind: 'user', userId, sub, email, isOperator, sessionId },
    requestId: facts?.requestId ?? '',
    ip: facts?.ip ?? null,
    userAgent: ctx.get('user-agent').slice(0, 500) || null,
    locale: pageLocale(ctx),
  }
}
