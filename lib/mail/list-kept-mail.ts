import { authorizeOperator } from '#lib/authorize-operator.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { decrypt } from '#lib/secrets/index.ts'
import type { MailContent } from './queue-mail.ts'
import { isTemplate, renderMail } from './templates.ts'

/** A mail that was kept because there is no SMTP server. Codes and the tokens of links in it are masked. */
export type KeptMail = { id: string; to: string; subject: string; text: string; createdAt: string }

const SHOWN = 50

/** The latest kept mails, newest first. For operators. @throws AppError unauthenticated, not_found */
export async function listKeptMail({ ctx }: { ctx: Ctx }): Promise<KeptMail[]> {
  authorizeOperator(ctx)
  const rows = await db().mail.findMany({
    where: { kept: true, content: { not: null } },
    orderBy: { createdAt: 'desc' },
    take: SHOWN,
    select: { id: true, template: true, locale: true, content: true, createdAt: true },
  })
  return rows.flatMap(({ id, template, locale, content, createdAt }) => {
    if (!content || !isTemplate(template)) return []
    const { to, params } = JSON.parse(decrypt('mail', content, id).toString()) as MailContent
    const { subject, text } = renderMail(template, isLocale(locale) ? locale : 'en', params, env().BRAND_NAME)
    return [{ id, to, subject: mask(subject), text: mask(text), createdAt: createdAt.toISOString() }]
  })
}

/** An operator could otherwise log in as anyone who asks for a code, or take someone's invitation. */
function mask(text: string): string {
  return text.replace(/\b\d{6}\b/g, '••••••').replace(/(\/invitations\/|[?&](?:token|code)=)[\w-]+/g, '$1…')
}
