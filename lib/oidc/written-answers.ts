import type { KoaContextWithOIDC } from 'oidc-provider'
import { type RequestState, requestState } from './request-state.ts'

/** Lets the request go on while `written` is under way: its tokens are stored together, in one commit, while the id token is signed. */
export function writeForAnswer(state: RequestState, written: Promise<void>): void {
  // Heard below, or not at all where the request fails first.
  written.catch(() => {})
  state.writes.push(written)
}

/** Holds an answer back until the tokens in it are committed; when they cannot be, nobody gets them. */
export async function awaitWrites(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  const state = requestState(ctx)
  if (!state || state.writes.length === 0) return
  try {
    await Promise.all(state.writes)
  } catch (error) {
    state.error = error as Error
    ctx.status = 500
    ctx.body = { error: 'server_error', error_description: 'oops! something went wrong' }
    ctx.oidc.provider.emit('server_error', ctx, error as Error)
  }
}
