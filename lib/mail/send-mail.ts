import nodemailer, { type Transporter, type TransportOptions } from 'nodemailer'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { isLocale } from '#lib/i18n/index.ts'
import { peekSingleton, singleton } from '#lib/registry.ts'
import { decrypt } from '#lib/secrets/index.ts'
import type { MailContent } from './queue-mail.ts'
import { isTemplate, renderMail } from './templates.ts'

const TIMEOUT_MS = 15_000
const TRANSPORT = 'mail.transport'

/**
 * Sends one queued mail and empties its row. Does nothing for one that is gone or sent. @throws Error when the server did not take
 * it, so that the job is tried again; the error names the SMTP answer only, never the recipient or the text.
 */
export async function sendMail(id: string): Promise<void> {
  const row = await db().mail.findUnique({ where: { id } })
  if (!row?.content || row.sentAt || !isTemplate(row.template)) return
  const { to, params } = JSON.parse(decrypt('mail', row.content, id).toString()) as MailContent
  const rendered = renderMail(row.template, isLocale(row.locale) ? row.locale : 'en', params, env().BRAND_NAME)
  try {
    await transport().sendMail({ from: sender(), to: { name: '', address: to }, messageId: `<${id}@${host()}>`, ...rendered })
  } catch (error) {
    const reason = reasonOf(error)
    await db().mail.updateMany({ where: { id }, data: { attempts: { increment: 1 }, lastError: reason } })
    throw new Error(`mail ${id} was not taken: ${reason}`)
  }
  await db().mail.updateMany({
    where: { id },
    data: { sentAt: new Date(), content: null, attempts: { increment: 1 }, lastError: null, kept: false },
  })
}

/** Ids of mails that wait although nothing was sent for a minute: their job was never added or given up too soon. At most 100. */
export async function dueMails(now: Date = new Date()): Promise<string[]> {
  if (env().SMTP_URL === undefined) return []
  const rows = await db().mail.findMany({
    where: {
      sentAt: null,
      content: { not: null },
      kept: false,
      attempts: { lt: 12 },
      createdAt: { lt: new Date(now.getTime() - 60_000), gt: new Date(now.getTime() - 3_600_000) },
    },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
    take: 100,
  })
  return rows.map(({ id }) => id)
}

/** Closes the connections to the SMTP server. For shutdown. */
export function closeMail(): void {
  peekSingleton<Transporter>(TRANSPORT)?.close()
}

function transport(): Transporter {
  return singleton(TRANSPORT, () =>
    nodemailer.createTransport({
      url: env().SMTP_URL,
      pool: true,
      maxConnections: 2,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as TransportOptions),
  )
}

function sender(): string | { name: string; address: string } {
  return env().MAIL_FROM ?? { name: env().BRAND_NAME, address: `no-reply@${host()}` }
}

function host(): string {
  return new URL(env().PUBLIC_URL).hostname
}

/** SMTP servers repeat the address in their answers: keep the numbers. */
function reasonOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown }
  return [typeof code === 'string' ? code : 'error', typeof responseCode === 'number' ? responseCode : ''].join(' ').trim()
}
