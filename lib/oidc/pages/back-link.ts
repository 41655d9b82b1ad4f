import type { KoaContextWithOIDC } from 'oidc-provider'
import { findFallback } from '#lib/domains/index.ts'
import { type Locale, translate } from '#lib/i18n/index.ts'
import { log } from '#lib/log.ts'
import { accountSessionOf } from '../account-session.ts'
import { requestState } from '../request-state.ts'
import { mayTest } from '../store/client-snapshot.sql.ts'
import { escapeHtml } from './layout.ts'

/**
 * The way back to the application from a page that must not redirect: its domain's fallback address, with the host spelled out, since a
 * client may have any name. An unproven host is shown only to those who may test the client. Empty where there is none; never fails,
 * for the error itself must be shown.
 */
export async function backLink(ctx: KoaContextWithOIDC, locale: Locale): Promise<string> {
  const { client, params } = ctx.oidc ?? {}
  const snapshot = client && requestState(ctx)?.clients.get(client.clientId)
  if (!snapshot || ctx.status >= 500) return ''
  try {
    const asked = params?.redirect_uri ?? ctx.query?.redirect_uri
    const fallback = await findFallback(snapshot.id, typeof asked === 'string' ? asked : null)
    if (!fallback) return ''
    const session = fallback.proven ? null : await accountSessionOf(ctx)
    if (!fallback.proven && !(session && (await mayTest(snapshot, session.sub)))) return ''
    const text = translate(locale, 'oidc.error.back', { client: snapshot.name, host: fallback.host })
    return `<p class="actions"><a class="button" rel="noreferrer" href="${escapeHtml(fallback.uri)}">${escapeHtml(text)}</a></p>`
  } catch (err) {
    log().warn({ err }, 'the way back from an error page was not found out')
    return ''
  }
}
