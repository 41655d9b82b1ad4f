import type { KoaContextWithOIDC } from 'oidc-provider'
import { DEVICE_ORIGIN } from './domain-rules.ts'

/** Where this authorization returns to: its redirect URI, or for one that a device began {@link DEVICE_ORIGIN}. */
export function originOf(ctx: KoaContextWithOIDC): string {
  if (ctx.oidc.route === 'code_verification' || ctx.oidc.route === 'device_resume') return DEVICE_ORIGIN
  return String(ctx.oidc.params?.redirect_uri)
}
