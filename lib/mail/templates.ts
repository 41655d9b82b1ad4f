import en from '#lib/i18n/en.json' with { type: 'json' }
import type { Locale } from '#lib/i18n/index.ts'
import nl from '#lib/i18n/nl.json' with { type: 'json' }

/** Mails around a code, which stands out. */
const CODES = ['verify_email', 'reset_password', 'change_email'] as const

/** Mails that only say something: their lines after the greeting, by their keys. */
const NOTICES = {
  password_changed: ['intro', 'otherwise'],
  email_changed: ['intro', 'otherwise'],
  account_deleted: ['intro', 'kept'],
  ticket_opened: ['intro', 'open'],
  ticket_answered: ['intro', 'open'],
} as const

type CodeTemplate = (typeof CODES)[number]
type NoticeTemplate = keyof typeof NOTICES

const TEMPLATES = [
  ...CODES,
  ...(Object.keys(NOTICES) as NoticeTemplate[]),
  'client_alert',
  'team_alert',
  'team_invitation',
  'plan_request',
] as const

export type Template = (typeof TEMPLATES)[number]
export type MailParams = Record<string, string | number>
export type Rendered = { subject: string; text: string; html: string }

/** Mails to an address that somebody typed, who may not own it, with words of theirs: these members of the values. */
const STRANGERS_WORDS: Partial<Record<Template, readonly string[]>> = {
  verify_email: ['name'],
  change_email: ['name'],
  team_invitation: ['name', 'inviter', 'team', 'role'],
}

/** Whether `value` names a template. */
export function isTemplate(value: string): value is Template {
  return (TEMPLATES as readonly string[]).includes(value)
}

/** A mail in one language: plain text, and the same in simple HTML. `brand` is the installation's name. */
export function renderMail(template: Template, locale: Locale, params: MailParams, brand: string): Rendered {
  const { mail } = locale === 'nl' ? nl : en
  const values: MailParams = { ...unlinked(template, params), brand }
  const lines = linesOf(template, locale, values)
  const subject = fill(mail[template].subject, values)
  return { subject, text: `${lines.join('\n\n')}\n\n${brand}\n`, html: html(locale, subject, lines, brand, values) }
}

function linesOf(template: Template, locale: Locale, values: MailParams): string[] {
  const { mail, alerts } = locale === 'nl' ? nl : en
  const greeting = fill(mail.greeting, values)
  if (template === 'client_alert') {
    const texts = mail.client_alert
    const seen = alerts.kinds[values.kind as keyof typeof alerts.kinds]
    return [greeting, fill(texts.intro, values), fill(seen.text, values), fill(texts.open, values), fill(texts.more, values)]
  }
  if (template === 'team_alert') {
    const texts = mail.team_alert
    const seen = texts.seen[values.kind as keyof typeof texts.seen]
    return [greeting, fill(seen, inNumbers(values, locale)), fill(texts.open, values), fill(texts.more, values)]
  }
  if (template === 'team_invitation') {
    const { roles } = (locale === 'nl' ? nl : en).teams
    const role = values.system ? roles.system[values.role as keyof typeof roles.system] : values.role
    const texts = mail.team_invitation
    const intro = fill(texts.intro, { ...values, role: role ?? '' })
    return [greeting, intro, fill(texts.open, values), fill(texts.expires, values), fill(texts.ignore, values)]
  }
  if (template === 'plan_request') {
    const texts = mail.plan_request
    const message = values.message ? [fill(texts.message, values)] : []
    return [greeting, fill(texts.intro, values), ...message, fill(texts.answer, values)]
  }
  if (isCode(template)) {
    const texts = mail[template]
    return [greeting, fill(texts.intro, values), String(values.code), fill(texts.expires, values), fill(texts.ignore, values)]
  }
  const texts: Record<string, string> = mail[template]
  return [greeting, ...NOTICES[template].map((key) => fill(texts[key] ?? '', values))]
}

/**
 * Lets no mail program make a link of a name: a person, team or role called “You won, see evil.example” would otherwise send anybody such a link in
 * our name. A blank of no width after what holds addresses together shows nothing.
 */
function unlinked(template: Template, params: MailParams): MailParams {
  const words = STRANGERS_WORDS[template] ?? []
  const apart = (value: string | number) => (typeof value === 'string' ? value.replace(/[.:/@](?=\S)/g, '$&\u200b') : value)
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, words.includes(key) ? apart(value) : value]))
}

/** Numbers as the language writes them. */
function inNumbers(values: MailParams, locale: Locale): MailParams {
  const format = new Intl.NumberFormat(locale)
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? format.format(value) : value]))
}

function isCode(template: Template): template is CodeTemplate {
  return (CODES as readonly string[]).includes(template)
}

function fill(text: string, values: MailParams): string {
  // One line each: a name must not be able to add lines or headers.
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? '').replace(/\s+/g, ' '))
}

/** A code, alone on the third line, stands out; our own address can be followed. */
function html(locale: Locale, subject: string, lines: string[], brand: string, { code, url }: MailParams): string {
  const linked = (text: string) => {
    const address = escapeHtml(String(url ?? ''))
    return address ? text.replace(address, `<a href="${address}">${address}</a>`) : text
  }
  const paragraph = (line: string, index: number) =>
    code !== undefined && index === 2
      ? `<p style="font-size:28px;letter-spacing:6px;font-weight:600;margin:24px 0">${escapeHtml(line)}</p>`
      : `<p style="margin:0 0 16px;overflow-wrap:anywhere">${linked(escapeHtml(line))}</p>`
  return (
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>` +
    '<body style="font:15px/1.6 system-ui,sans-serif;color:#18181b;max-width:520px;margin:24px auto;padding:0 16px">' +
    `${lines.map(paragraph).join('')}<p style="color:#71717a;margin:32px 0 0">${escapeHtml(brand)}</p></body></html>`
  )
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
