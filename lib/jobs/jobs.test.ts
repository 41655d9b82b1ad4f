import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, pool, transaction } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { queueMail } from '#lib/mail/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { Mailbox } from '#lib/testing/mailbox.ts'
import { purgeExpired, startJobs, stopJobs } from './index.ts'

const database = useTestDatabase()
const mailbox = new Mailbox()

beforeAll(async () => {
  const SMTP_URL = await mailbox.start()
  setSingleton(
    'env',
    parseEnv({ ...TEST_ENV, DATABASE_URL: database.url(), SMTP_URL, MAIL_FROM: 'XWMS <login@example.com>', BRAND_NAME: 'Acme & Co' }),
  )
})

afterAll(async () => {
  await stopJobs()
  await mailbox.stop()
})

const mailOf = (to: string) => ({
  to,
  template: 'verify_email' as const,
  locale: 'nl' as const,
  params: { name: 'Zoë <b>', code: '123456', minutes: 10 },
})

describe('the queue', () => {
  it('finds a mail that was queued before it first ran, and sends one queued after', async () => {
    await transaction((tx) => queueMail(tx, mailOf('early@example.com')))
    await db().mail.updateMany({ data: { createdAt: new Date(Date.now() - 120_000) } })
    await startJobs()

    await transaction((tx) => queueMail(tx, mailOf('late@example.com')))
    const late = await mailbox.next('late@example.com')
    expect(late.subject).toBe('Je code van Acme & Co om je e-mailadres te bevestigen')
    expect(late.from).toContain('login@example.com')
    expect(late.text).toContain('Hallo Zoë <b>,')
    expect(late.text).toContain('123456')
    expect(late.html).toContain('Zoë &#60;b&#62;')
    expect(late.html).not.toContain('<b>')

    await pool().query(`SELECT graphile_worker.add_job('sweep-mail')`)
    await mailbox.next('early@example.com')
  })

  it('empties a mail once it is sent', async () => {
    await expect.poll(() => db().mail.findMany({ where: { sentAt: null } }), { timeout: 10_000 }).toEqual([])
    expect(await db().mail.count({ where: { content: { not: null } } })).toBe(0)
  })

  it('sends nothing when the transaction fails', async () => {
    const failed = transaction(async (tx) => {
      await queueMail(tx, mailOf('never@example.com'))
      throw new Error('rolled back')
    })
    await expect(failed).rejects.toThrow('rolled back')
    await transaction((tx) => queueMail(tx, mailOf('after@example.com')))
    await mailbox.next('after@example.com')
    expect(mailbox.to('never@example.com')).toEqual([])
  })

  it('keeps no address, code or name outside the encrypted column', async () => {
    const { rows } = await pool().query('SELECT * FROM graphile_worker._private_jobs')
    const mails = await db().mail.findMany()
    const all = JSON.stringify([
      rows,
      mails.map(({ content, ...rest }) => ({ ...rest, content: content && Buffer.from(content).toString('latin1') })),
    ])
    expect(all).not.toMatch(/example\.com|123456|Zo/)
  })

  it('has the request log partitions of today and the week ahead', async () => {
    const { rows } = await pool().query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relname ~ '^request_logs_[0-9]{8}$'`)
    const day = (offset: number) =>
      `request_logs_${new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`
    const names = rows.map(({ name }) => name)
    for (let offset = 0; offset <= 7; offset++) expect(names).toContain(day(offset))
  })
})

describe('purging', () => {
  it.each([
    ['by age', 10_000],
    ['page by page', 1_000],
  ])('deletes what expired, in more than one batch, and nothing else, %s', async (_how, many) => {
    await pool().query('TRUNCATE oidc_artifacts, rate_limits')
    await pool().query(`
      INSERT INTO oidc_artifacts (id_hash, kind, payload, expires_at)
      SELECT sha256(n::text::bytea), 'AccessToken', '\\x00'::bytea, now() - interval '2 hours' FROM generate_series(1, 2500) n
      UNION ALL SELECT sha256('live'), 'AccessToken', '\\x00', now() + interval '1 hour'
      UNION ALL SELECT sha256('for ever'), 'Grant', '\\x00', NULL`)
    await pool().query(
      `INSERT INTO rate_limits (key, points, expire) VALUES ('old', 1, 1000), ('new', 1, extract(epoch FROM now()) * 1000 + 60000)`,
    )
    const purged = await purgeExpired({ many })
    expect(purged).toMatchObject({ oidc_artifacts: 2500, rate_limits: 1 })
    expect(await db().oidcArtifact.count()).toBe(2)
    expect(await db().rateLimit.findMany()).toMatchObject([{ key: 'new' }])
  })
})
