import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type AccountSession, readAccountSession, readCookie } from '#lib/accounts/index.ts'
import type { Actor, Ctx } from '#lib/context.ts'
import { negotiateLocale } from '#lib/i18n/index.ts'
import { newRequestId } from '#lib/ids.ts'
import { ready } from './ready.ts'

export type UserCtx = Ctx & { actor: Extract<Actor, { kind: 'user' }> }

/** The live account session of the request being rendered, asked once a request. */
export const currentSession = cache(async (): Promise<AccountSession | null> => {
  await ready()
  return readAccountSession((await headers()).get('cookie'))
})

/** What verbs need to know of a request: its headers (the server's lane set the `x-xwms-*` ones) and the session that it carries. */
export function contextOf(requestHeaders: Headers, session: AccountSession | null): Ctx {
  return {
    actor: session ? actorOf(session) : { kind: 'nobody' },
    requestId: requestHeaders.get('x-request-id') ?? newRequestId(),
    ip: requestHeaders.get('x-xwms-ip'),
    userAgent: requestHeaders.get('user-agent')?.slice(0, 500) ?? null,
    locale: negotiateLocale(requestHeaders.get('accept-language'), session?.locale, readCookie(requestHeaders.get('cookie'), 'locale')),
  }
}

/** The context of the request being rendered: in pages, layouts and Server Actions. */
export const currentContext = cache(async (): Promise<Ctx> => contextOf(await headers(), await currentSession()))

/** {@link currentContext} for route handlers, which hold the request. */
export async function requestContext(request: Request): Promise<Ctx> {
  await ready()
  return contextOf(request.headers, await readAccountSession(request.headers.get('cookie')))
}

/** The context of the logged-in person; nobody logged in is sent to the log-in page and comes back here after. */
export const requireUserContext = cache(async (): Promise<UserCtx> => {
  const ctx = await currentContext()
  if (ctx.actor.kind === 'user') return { ...(ctx as UserCtx), reads: new Map() }
  const path = (await headers()).get('x-xwms-path') ?? '/clients'
  redirect(`/login?returnTo=${encodeURIComponent(path)}`)
})

function actorOf(session: AccountSession): Actor {
  return {
    kind: 'user',
    userId: session.userId,
    sub: session.sub,
    email: session.email,
    isOperator: session.isOperator,
    sessionId: session.sessionId,
  }
}
