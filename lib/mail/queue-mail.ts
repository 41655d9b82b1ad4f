import type { Db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import type { Locale } from '#lib/i18n/index.ts'
import { newId } from '#lib/ids.ts'
import { encrypt } from '#lib/secrets/index.ts'
import { type MailParams, renderMail, type Template } from './templates.ts'

export type QueueMailInput = { to: string; template: Template; locale: Locale; params: MailParams }

/** What the encrypted column of a mail holds. */
export type MailContent = { to: string; params: MailParams }

/**
 * Queues a mail in the caller's transaction: it goes out if and only if that commits. Recipient and content are stored encrypted.
 * Without an SMTP server the row is kept for operators and, in development, printed on stderr.
 */
export async function queueMail(tx: Db, { to, template, locale, params }: QueueMailInput): Promise<void> {
  const id = newId('mai')
  const smtp = env().SMTP_URL !== undefined
  const content = encrypt('mail', JSON.stringify({ to, params } satisfies MailContent), id)
  await tx.mail.create({ data: { id, template, locale, content: new Uint8Array(content), kept: !smtp } })
  if (smtp) await enqueue(tx, id)
  else if (env().development) print(to, renderMail(template, locale, params, env().BRAND_NAME))
}

/** Adds the job that sends it. Where the queue is not there yet (a command before the first start) the sweep of `dueMails` finds it. */
async function enqueue(tx: Db, id: string): Promise<void> {
  const [queue] = await tx.$queryRaw<{ there: boolean }[]>`SELECT to_regnamespace('graphile_worker') IS NOT NULL AS there`
  if (!queue?.there) return
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('send-mail', json_build_object('id', ${id}::text), max_attempts := 12, job_key := 'mail:' || ${id}::text)`
}

function print(to: string, { subject, text }: { subject: string; text: string }): void {
  process.stderr.write(`\n--- mail to ${to}: ${subject}\n${text}---\n\n`)
}
