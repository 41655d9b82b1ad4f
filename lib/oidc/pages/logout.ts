import type { KoaContextWithOIDC } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { translate } from '#lib/i18n/index.ts'
import { answerPage, escapeHtml, pageLocale } from './layout.ts'

/** Asks before a log-out that an application requested: anybody can link to that address (RP-Initiated Logout 1.0 §2 and §6). */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  const locale = pageLocale(ctx)
  const brand = env().BRAND_NAME
  const clientName = ctx.oidc.client?.clientName
  const title = translate(locale, 'oidc.logout.title')
  const text = clientName
    ? translate(locale, 'oidc.logout.askedBy', { client: clientName, brand })
    : translate(locale, 'oidc.logout.text', { brand })
  const target = URL.parse(String(ctx.oidc.params?.post_logout_redirect_uri ?? ''))
  answerPage(ctx, {
    title,
    locale,
    // Chromium applies form-action to the redirect that follows the POST.
    formTargets: target ? [target.origin === 'null' ? target.protocol : target.origin] : [],
    body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${form}
<div class="actions">
<button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${escapeHtml(translate(locale, 'oidc.logout.yes'))}</button>
<button type="submit" form="op.logoutForm">${escapeHtml(translate(locale, 'oidc.logout.no'))}</button>
</div>`,
  })
}

/** After a log-out that named nowhere to return to. */
export function loggedOutPage(ctx: KoaContextWithOIDC): void {
  const locale = pageLocale(ctx)
  const title = translate(locale, 'oidc.loggedOut.title')
  const clientName = ctx.oidc.client?.clientName
  const text = clientName
    ? translate(locale, 'oidc.loggedOut.fromClient', { client: clientName })
    : translate(locale, 'oidc.loggedOut.text')
  answerPage(ctx, {
    title,
    locale,
    body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p><div class="actions"><a class="button" href="${escapeHtml(env().PUBLIC_URL)}/">${escapeHtml(translate(locale, 'oidc.loggedOut.home'))}</a></div>`,
  })
}
