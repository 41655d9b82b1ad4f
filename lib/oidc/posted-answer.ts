import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * Lets a browser tell the client whose page posts it the answer to its request (OAuth 2.0 Form Post Response Mode). Under the policy of other pages it says
 * `Origin: null` with a form to another site, which a client that looks for forged forms refuses; under this one it names the issuer, and no more than that.
 */
export async function tellOriginOfPostedAnswer(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  if (ctx.oidc?.params?.response_mode === 'form_post' && ctx.response.is('html')) ctx.set('Referrer-Policy', 'strict-origin')
}
