import type { KoaContextWithOIDC } from 'oidc-provider'
import { forgetState } from './request-state.ts'

/**
 * Cuts an answered request off from what it was made of. The library gives each context a getter of its own, and V8 puts those where only a full
 * collection looks: until then every answered request would be kept whole, and carried there, which was a tenth of what a token cost.
 */
export async function letGo(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  try {
    await next()
  } finally {
    // Gone already: whoever asked did not wait, and what still runs for them may need it.
    if (!ctx.res.closed) ctx.res.once('close', () => cut(ctx))
  }
}

type Cut = Record<string, unknown> | undefined

function cut(ctx: KoaContextWithOIDC): void {
  forgetState(ctx)
  const oidc = ctx.oidc as unknown as Cut
  if (oidc) oidc.ctx = oidc.params = oidc.body = oidc.entities = oidc.claims = oidc.resourceServers = undefined
  const context = ctx as unknown as Cut
  if (context) context.req = context.res = context.request = context.response = context.state = undefined
}
