import type { KoaContextWithOIDC } from 'oidc-provider'
import { type AccountSession, readAccountSession } from '#lib/accounts/index.ts'
import { requestState } from './request-state.ts'

/** The live account session of the browser that sent this request, asked once a request. */
export function accountSessionOf(ctx: KoaContextWithOIDC): Promise<AccountSession | null> {
  const state = requestState(ctx)
  if (!state) return readAccountSession(ctx.req.headers.cookie)
  state.accountSession ??= readAccountSession(ctx.req.headers.cookie)
  return state.accountSession
}
