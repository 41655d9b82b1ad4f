import { randomBytes } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { env } from '#lib/env.ts'
import { type Locale, negotiateLocale } from '#lib/i18n/index.ts'

// The provider answers these few pages itself, outside Next, so they bring the little style they need. Colours are those of
// app/globals.css, and a test compares them.
export const STYLE = `
:root{color-scheme:light dark;--canvas:#fafafa;--surface:#fff;--line:#e3e3e6;--ink:#18181b;--muted:#5b5b65;--accent:#3550d0;--accent-ink:#fff;--sunken:#f4f4f5;--line-strong:#8b8b94;--danger-text:#b01e1e}
:root[data-theme=dark]{--canvas:#0d0d0f;--surface:#161619;--line:#2b2b31;--ink:#ededf0;--muted:#a3a3ae;--accent:#4a64e2;--sunken:#1d1d21;--line-strong:#71717c;--danger-text:#ff9c9c;color-scheme:dark}
:root[data-theme=light]{color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--canvas:#0d0d0f;--surface:#161619;--line:#2b2b31;--ink:#ededf0;--muted:#a3a3ae;--accent:#4a64e2;--sunken:#1d1d21;--line-strong:#71717c;--danger-text:#ff9c9c}}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:flex;align-items:center;justify-content:center;padding:24px 16px;background:var(--canvas);color:var(--ink);font:14px/1.6 Geist,ui-sans-serif,system-ui,sans-serif}
body>div{width:100%;max-width:440px}header{margin:0 0 20px;text-align:center;color:var(--ink);font-weight:600}
main{background:var(--surface);border:1px solid var(--line);border-radius:16px;padding:32px;overflow-wrap:anywhere}
h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600}
p{margin:0 0 12px;color:var(--muted)}
dl{margin:20px 0 0;padding:12px 14px;background:var(--sunken);border-radius:10px;font-size:13px}
dt{color:var(--muted)}dd{margin:0 0 8px;font-family:ui-monospace,monospace}dd:last-child{margin:0}
.actions{display:flex;flex-wrap:wrap;gap:10px;margin-top:20px}
button,.button{min-height:44px;padding:10px 18px;border-radius:10px;border:1px solid var(--line);background:var(--surface);color:var(--ink);font:inherit;font-weight:500;cursor:pointer;text-decoration:none}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
label{display:block;margin:0 0 6px;font-weight:500}
input:not([type=hidden]){width:100%;min-height:44px;padding:8px 12px;border:1px solid var(--line-strong);border-radius:10px;background:var(--surface);color:var(--ink);font:16px/1.5 ui-monospace,monospace;text-transform:uppercase;letter-spacing:.08em}
.problem{margin:8px 0 0;color:var(--danger-text)}.code{font:600 24px/1.4 ui-monospace,monospace;letter-spacing:.08em;color:var(--ink);text-align:center}
input:focus-visible,button:focus-visible,.button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`

/** The language of a page of the provider: `ui_locales` of the request, the person's choice, the browser's. */
export function pageLocale(ctx: KoaContextWithOIDC): Locale {
  const asked = ctx.oidc?.params?.ui_locales
  const tags = typeof asked === 'string' ? asked.split(' ') : []
  return negotiateLocale(ctx.get('accept-language'), ...tags, ctx.cookies.get('locale', { signed: false }))
}

/** Answers a small page in one card. `body` is trusted HTML: escape what comes from outside with {@link escapeHtml}. */
export function answerPage(
  ctx: KoaContextWithOIDC,
  { title, body, locale, formTargets = [] }: { title: string; body: string; locale: Locale; formTargets?: string[] },
): void {
  const nonce = randomBytes(16).toString('base64')
  const theme = ctx.cookies.get('theme', { signed: false })
  const themed = theme === 'dark' || theme === 'light' ? ` data-theme="${theme}"` : ''
  ctx.type = 'html'
  ctx.set('Cache-Control', 'no-store')
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self'; form-action ${["'self'", ...formTargets].join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
  )
  ctx.body = `<!doctype html>
<html lang="${locale}"${themed}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)} · ${escapeHtml(env().BRAND_NAME)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><div><header>${escapeHtml(env().BRAND_NAME)}</header><main>${body}</main></div></body>
</html>`
}

/** Text made safe for HTML, in content and in quoted attributes. */
export function escapeHtml(value: unknown): string {
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
