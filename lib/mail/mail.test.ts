import { describe, expect, it } from 'vitest'
import { db, transaction } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { decrypt } from '#lib/secrets/index.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { closeMail, dueMails, queueMail, renderMail, sendMail } from './index.ts'

const database = useTestDatabase()
const mail = {
  to: 'pat@example.com',
  template: 'reset_password' as const,
  locale: 'en' as const,
  params: { name: 'Pat', code: '424242', minutes: 10 },
}

describe('a mail', () => {
  it('is kept, encrypted, without an SMTP server', async () => {
    await transaction((tx) => queueMail(tx, mail))
    const row = await db().mail.findFirstOrThrow()
    expect(row).toMatchObject({ kept: true, sentAt: null, attempts: 0 })
    expect(Buffer.from(row.content as Uint8Array).toString('latin1')).not.toMatch(/pat@|424242/)
    expect(decrypt('mail', row.content as Uint8Array, row.id).toString()).toContain('424242')
    // Bound to its row: content moved to another row does not open.
    expect(() => decrypt('mail', row.content as Uint8Array, 'mai_other')).toThrow()
    expect(await dueMails()).toEqual([])
  })

  it('stays when the server does not take it, and its error names neither person nor code', async () => {
    const SMTP_URL = 'smtp://127.0.0.1:1'
    setSingleton('env', parseEnv({ ...TEST_ENV, DATABASE_URL: database.url(), SMTP_URL }))
    await transaction((tx) => queueMail(tx, mail))
    const { id } = await db().mail.findFirstOrThrow({ where: { kept: false } })
    const error = await sendMail(id).catch((e: Error) => e)
    expect(String(error)).toMatch(/was not taken: ESOCKET|was not taken: ECONN/)
    expect(String(error)).not.toMatch(/pat@|424242/)
    const row = await db().mail.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ attempts: 1, sentAt: null })
    expect(row.content).not.toBeNull()
    expect(await dueMails(new Date(Date.now() + 120_000))).toEqual([id])
    expect(await dueMails()).toEqual([])
    closeMail()
  })

  it('that is gone or sent is no error', async () => {
    await sendMail('mai_gone')
  })
})

describe('templates', () => {
  it.each(['en', 'nl'] as const)('say in %s what the code is for and how long it works', (locale) => {
    for (const template of ['verify_email', 'reset_password'] as const) {
      const { subject, text, html } = renderMail(template, locale, { name: 'Pat', code: '424242', minutes: 10 }, 'Acme')
      expect(subject).toContain('Acme')
      for (const body of [text, html]) {
        expect(body).toContain('424242')
        expect(body).toContain('10')
        expect(body).not.toMatch(/\{\w+\}/)
      }
    }
  })

  it('let a name add neither markup nor lines', () => {
    const { text, html, subject } = renderMail('verify_email', 'en', { name: 'x\r\nBcc: y <img src=x>', code: '1', minutes: 10 }, 'A\nB')
    expect(text.split('\n')[0]).toBe('Hello x Bcc: y <img src=x>,')
    expect(html).not.toContain('<img')
    expect(subject).not.toContain('\n')
  })

  it('make no link of what a stranger calls themselves or their team, and leave their own link alone', () => {
    const lure = 'You won, see https://evil.example/x or mail me@evil.example'
    const url = 'https://login.example.com/invitations/t'
    const params = { name: lure, inviter: lure, team: 'evil.example', role: 'a.example', system: 0, days: 7, url }
    for (const template of ['verify_email', 'change_email', 'team_invitation'] as const) {
      const { subject, text, html } = renderMail(
        template,
        'en',
        template === 'team_invitation' ? params : { ...params, code: '1', minutes: 10 },
        'Acme',
      )
      for (const part of [subject, text, html]) expect(part).not.toMatch(/evil\.example|a\.example|https:\/\/evil|me@evil/)
      if (template === 'team_invitation') expect([text.includes(url), html.includes(`<a href="${url}">`)]).toEqual([true, true])
    }
    expect(renderMail('verify_email', 'en', { ...params, name: 'Ada L. de Vries Jr.' }, 'Acme').text).toContain(
      'Hello Ada L. de Vries Jr.,',
    )
    expect(renderMail('reset_password', 'en', { ...params, name: 'J.R. Hartley' }, 'Acme').text).toContain('J.R. Hartley')
  })
})
