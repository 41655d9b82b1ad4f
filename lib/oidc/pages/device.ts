import type { KoaContextWithOIDC } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { translate } from '#lib/i18n/index.ts'
import { hitWindow } from '#lib/limits/index.ts'
import { networkOf } from '#lib/network.ts'
import { factsOf } from '#lib/request-facts.ts'
import { routePath } from '../route-path.ts'
import { answerPage, escapeHtml, pageLocale } from './layout.ts'

/** Codes that one address may try: of the 20^8 there are, nobody finds a living one by guessing. */
const TRIES = { limit: 20, seconds: 60, hold: 300 }

type Problem = Error & { userCode?: string; error_description?: string }

/** Where a person enters the code that their device shows (RFC 8628 §3.3). */
export function userCodePage(ctx: KoaContextWithOIDC, _form: string, _out?: unknown, problem?: Problem): void {
  const locale = pageLocale(ctx)
  const t = (key: string) => escapeHtml(translate(locale, `oidc.device.${key}`))
  const error = problem ? t(`problems.${problemOf(problem)}`) : null
  answerPage(ctx, {
    title: translate(locale, 'oidc.device.title'),
    locale,
    body: `<h1>${t('title')}</h1><p>${t('text')}</p>
<form method="post" action="${escapeHtml(ctx.oidc.urlFor('code_verification'))}">
<input type="hidden" name="xsrf" value="${escapeHtml(secretOf(ctx))}">
<label for="user_code">${t('label')}</label>
<input id="user_code" name="user_code" required autofocus autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"${error ? ' aria-invalid="true" aria-describedby="problem"' : ''} value="${escapeHtml(problem ? (problem.userCode ?? typedCode(ctx)) : '')}">
${error ? `<p id="problem" role="alert" class="problem">${error}</p>` : ''}
<div class="actions"><button class="primary" type="submit">${t('continue')}</button></div></form>`,
  })
}

/** Asks whether it is really this device: whoever sent somebody a link with a code hopes that they do not look. */
export function confirmDevicePage(
  ctx: KoaContextWithOIDC,
  form: string,
  client: { clientName?: string },
  _info: unknown,
  code: string,
): void {
  const locale = pageLocale(ctx)
  const t = (key: string, params = {}) => escapeHtml(translate(locale, `oidc.device.${key}`, params))
  const name = client.clientName ?? ''
  answerPage(ctx, {
    title: translate(locale, 'oidc.device.confirm.title', { client: name }),
    locale,
    body: `<h1>${t('confirm.title', { client: name })}</h1><p>${t('confirm.text')}</p>
<p class="code">${escapeHtml(code)}</p><p>${t('confirm.warning')}</p>${form}
<div class="actions">
<button class="primary" type="submit" form="op.deviceConfirmForm">${t('continue')}</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">${t('abort')}</button>
</div>`,
  })
}

/** After the log-in: the device goes on by itself. */
export function deviceDonePage(ctx: KoaContextWithOIDC): void {
  const locale = pageLocale(ctx)
  const client = ctx.oidc.client?.clientName ?? ''
  const title = translate(locale, 'oidc.device.done.title')
  answerPage(ctx, {
    title,
    locale,
    body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(translate(locale, 'oidc.device.done.text', { client, brand: env().BRAND_NAME }))}</p>`,
  })
}

/** Holds whoever tries many codes; answered before the code is looked at. */
export async function throttleUserCodes(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  if (ctx.method !== 'POST' || routePath(ctx) !== '/device') return void (await next())
  const { allowed, msLeft } = await hitWindow({ key: `oidc:device:${networkOf(factsOf(ctx.req)?.ip ?? '')}`, ...TRIES })
  if (allowed) return void (await next())
  const locale = pageLocale(ctx)
  const title = translate(locale, 'oidc.device.throttled.title')
  ctx.status = 429
  ctx.set('Retry-After', String(Math.ceil(msLeft / 1000)))
  answerPage(ctx, {
    title,
    locale,
    body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(translate(locale, 'oidc.device.throttled.text'))}</p>`,
  })
}

function secretOf(ctx: KoaContextWithOIDC): string {
  return (ctx.oidc.session as { state?: { secret?: string } } | undefined)?.state?.secret ?? ''
}

/** What was typed on a page that can no longer be sent: whoever has to send it again does not type it again. */
function typedCode(ctx: KoaContextWithOIDC): string {
  const typed = ctx.oidc.params?.user_code
  return typeof typed === 'string' ? typed.slice(0, 40) : ''
}

function problemOf({ name, error_description = '' }: Problem): string {
  if (name === 'SessionNotFound' || /^(could not find device form details|xsrf token invalid)$/.test(error_description)) return 'gone'
  if (name === 'AbortedError') return 'aborted'
  if (name === 'ExpiredError') return 'expired'
  if (name === 'AlreadyUsedError') return 'used'
  return name === 'NotFoundError' || name === 'NoCodeError' ? 'unknown' : 'other'
}
