import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { hasText, type Locale, translate } from '#lib/i18n/index.ts'
import { factsOf } from '#lib/request-facts.ts'
import { checkRedirectUri } from '../domain-rules.ts'
import { requestState } from '../request-state.ts'
import { backLink } from './back-link.ts'
import { developerNote } from './developer-note.ts'
import { answerPage, escapeHtml, pageLocale } from './layout.ts'

/**
 * The page for an authorization request that must not be answered with a redirect. Says what happened, who can mend it, and where the
 * application is; the technical part is for the developer, and repeats nothing secret.
 */
export async function errorPage(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> {
  const locale = pageLocale(ctx)
  const requestId = factsOf(ctx.req)?.requestId
  const reason = reasonOf(ctx, out)
  const title = translate(locale, `oidc.error.${reason}.title`)
  const details = [
    ['error', out.error],
    ['error_description', out.error_description],
    ['request', requestId],
  ].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  answerPage(ctx, {
    title,
    locale,
    body: `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(translate(locale, `oidc.error.${reason}.text`))}</p>
${await backLink(ctx, locale)}
${await developerNote(ctx, locale, error)}
<dl aria-label="${escapeHtml(translate(locale, 'oidc.error.details'))}">${details.map(detail(locale)).join('')}</dl>`,
  })
}

const detail =
  (locale: Locale) =>
  ([name, value]: [string, string]): string =>
    `<dt>${escapeHtml(translate(locale, `oidc.error.labels.${name}`))}</dt><dd>${escapeHtml(value)}</dd>`

/** Which text fits: the reason of our own domain rules where one applies, else the protocol's error code, else a general one. */
function reasonOf(ctx: KoaContextWithOIDC, out: ErrorOut): string {
  const { client, params } = ctx.oidc ?? {}
  const snapshot = client && requestState(ctx)?.clients.get(client.clientId)
  const uri = params?.redirect_uri ?? ctx.query?.redirect_uri
  if (out.error === 'invalid_redirect_uri' && snapshot && typeof uri === 'string') {
    const verdict = checkRedirectUri(snapshot, uri)
    if (!verdict.ok) return verdict.reason
  }
  return hasText('en', `oidc.error.${out.error}.title`) ? out.error : 'other'
}
