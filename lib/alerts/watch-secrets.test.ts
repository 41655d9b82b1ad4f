import { beforeEach, describe, expect, it } from 'vitest'
import { createSecret, editSecret, rotateSecret } from '#lib/clients/index.ts'
import { db, pool } from '#lib/db.ts'
import { ask, type GateFixture, makeGateFixture } from '#lib/gate/testing.ts'
import { LOCALES } from '#lib/i18n/index.ts'
import { renderMail } from '#lib/mail/index.ts'
import { decrypt } from '#lib/secrets/index.ts'
import { makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { TEAM_ALERT_KINDS } from './kinds.ts'
import { listAlerts } from './list-alerts.ts'
import { flushAlerts } from './note.ts'
import { watchSecrets } from './watch-secrets.ts'

useTestDatabase()
const DAY_MS = 86_400_000
let gate: GateFixture

beforeEach(async () => {
  await db().client.deleteMany()
  await db().mail.deleteMany()
  gate = await makeGateFixture()
  const { actor } = gate.cast.owner
  if (actor.kind === 'user') await db().user.update({ where: { id: actor.userId }, data: { emailVerifiedAt: new Date() } })
})

const later = (days: number) => new Date(Date.now() + days * DAY_MS)
const watch = (days: number) => watchSecrets({ now: later(days) })
const alerts = () => listAlerts({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })
const kinds = async () => (await alerts()).map(({ kind }) => kind).toReversed()
/** Newest last. */
const mails = async () => {
  const rows = await db().mail.findMany({ where: { template: 'team_alert' }, orderBy: { createdAt: 'asc' } })
  return rows.map(({ id, locale, content }) => ({ locale, ...JSON.parse(decrypt('mail', content as Uint8Array, id).toString()) }))
}
const expiring = (days: number, label = 'old server') =>
  createSecret({ ctx: gate.cast.owner, input: { clientId: gate.clientId, label, expiresAt: later(days).toISOString() } })

describe('secrets that expire', () => {
  it('are told at 30, 7 and 1 days, each once, by however many processes', async () => {
    const secret = await expiring(60)
    await watch(29)
    expect(await alerts()).toEqual([])
    await Promise.all(Array.from({ length: 4 }, () => watch(31)))
    await watch(40)
    expect(await kinds()).toEqual(['secret_expires_in_30_days'])
    for (const day of [53.5, 54, 58, 59.5, 59.9]) await watch(day)
    expect(await kinds()).toEqual(['secret_expires_in_30_days', 'secret_expires_in_7_days', 'secret_expires_in_1_day'])
    await watch(60.1)
    expect((await alerts()).map(({ occurrences }) => occurrences)).toEqual([1, 1, 1])
    expect((await alerts())[0]?.evidence).toMatchObject([{ secret_id: secret.id, expires_at: secret.expiresAt, mode: 'test' }])
    const told = await mails()
    expect(told.map(({ params }) => params.kind)).toEqual([
      'secret_expires_in_30_days',
      'secret_expires_in_7_days',
      'secret_expires_in_1_day',
    ])
    expect(told[0]).toMatchObject({
      params: { details: `Shop …${secret.hint} (old server)`, url: expect.stringContaining('/team/credentials?') },
    })
    expect(JSON.stringify(told)).not.toContain(secret.value)
  })

  it('only the nearest is told when the watch was away, and nothing of a secret that ended meanwhile', async () => {
    await expiring(60)
    await expiring(20)
    await watch(55)
    expect(await kinds()).toEqual(['secret_expires_in_7_days'])
  })

  it('nothing is told that was so when the secret was made, and another end is told anew', async () => {
    const { id: secretId } = await expiring(20)
    await watch(1)
    expect(await alerts()).toEqual([])
    await watch(14)
    expect(await kinds()).toEqual(['secret_expires_in_7_days'])
    await editSecret({ ctx: gate.cast.owner, input: { clientId: gate.clientId, secretId, expiresAt: later(200).toISOString() } })
    await watch(15)
    await watch(80)
    expect(await kinds()).toEqual(['secret_expires_in_7_days'])
    await watch(194)
    expect((await kinds()).filter((kind) => kind === 'secret_expires_in_7_days')).toHaveLength(2)
  })

  it('the overlap of a rotation is not told as soon as it begins', async () => {
    await rotateSecret({ ctx: gate.cast.owner, input: { clientId: gate.clientId, secretId: gate.secret.id, overlap: '7d' } })
    await watch(0.1)
    expect(await alerts()).toEqual([])
    await watch(6.5)
    expect(await kinds()).toEqual(['secret_expires_in_1_day'])
  })

  it('nothing is told of revoked secrets and deleted clients', async () => {
    const { id } = await expiring(60)
    await db().clientSecret.update({ where: { id }, data: { revokedAt: new Date() } })
    await watch(59)
    expect(await alerts()).toEqual([])
    await expiring(60)
    await db().client.update({ where: { id: gate.clientId }, data: { deletedAt: new Date() } })
    await watch(59)
    expect(await db().alert.count()).toBe(0)
  })
})

describe('secrets that nothing uses', () => {
  it('are told after 90 days without use, once, and again after another use and another 90 days', async () => {
    await watch(89.9)
    expect(await alerts()).toEqual([])
    await Promise.all([watch(90.1), watch(90.1), watch(91)])
    await watch(200)
    // The fixture's live and test secret: two events, and one mail about both.
    expect(await kinds()).toEqual(['secret_unused', 'secret_unused'])
    const told = await mails()
    expect(told).toHaveLength(1)
    expect(told[0].params.details).toContain(`…${gate.secret.hint} (server)`)
    expect(told[0].params.details).toContain(`…${gate.testSecret.hint}`)
    await db().clientSecret.update({ where: { id: gate.secret.id }, data: { lastUsedAt: later(201) } })
    await watch(290)
    expect(await kinds()).toHaveLength(2)
    await watch(292)
    expect(await kinds()).toHaveLength(3)
    expect(await mails()).toHaveLength(2)
  })

  it('goes through more than one batch, and names ten of them in one mail', async () => {
    await pool().query(
      `INSERT INTO client_secrets (id, client_id, hash, hint, mode, created_at)
       SELECT 'sec_many' || n, $1, sha256(n::text::bytea), 'abcd', 'test', now() - interval '91 days' FROM generate_series(1, 1500) n`,
      [gate.clientId],
    )
    await watch(0)
    expect(await db().alert.count({ where: { clientId: gate.clientId } })).toBe(1500)
    const told = await mails()
    expect(told).toHaveLength(2)
    expect(told[0].params.details).toMatch(/, \+ 990$/)
  })
})

it('mails each owner in their language, and nobody else', async () => {
  const dutch = await makeUser('eigenaar')
  await db().member.create({ data: { teamId: gate.cast.teamId, userId: dutch.userId, roleId: 'rol_owner' } })
  await db().user.update({ where: { id: dutch.userId }, data: { locale: 'nl', emailVerifiedAt: new Date() } })
  await db().user.updateMany({ where: { email: { startsWith: 'admin' } }, data: { emailVerifiedAt: new Date() } })
  await watch(90.1)
  const told = await mails()
  expect(told.map(({ locale }) => locale).sort()).toEqual(['en', 'nl'])
})

it('has a text for every kind in every language', () => {
  const seen = ['secret_expires_in_30_days', 'secret_expires_in_7_days', 'secret_expires_in_1_day', 'secret_unused', ...TEAM_ALERT_KINDS]
  for (const locale of LOCALES) {
    for (const kind of seen) {
      const params = {
        name: 'Ada',
        team: 'Acme',
        kind,
        url: 'https://id.example.com/x',
        details: 'Shop …abcd',
        used: 40_000,
        limit: 50_000,
      }
      const { subject, text } = renderMail('team_alert', locale, params, 'XWMS')
      expect(`${subject} ${text}`).toContain('Acme')
      expect(`${subject} ${text}`).not.toMatch(/undefined|\{\w+\}/)
      if (kind.startsWith('quota')) expect(text).toContain(locale === 'nl' ? '50.000' : '50,000')
      else expect(text).toContain('Shop …abcd')
    }
  }
})

it('keeps on the secret that a browser had it', async () => {
  await ask(gate, { extra: [['Origin', 'https://shop.example.com']] })
  await flushAlerts()
  const rows = await db().clientSecret.findMany({ where: { clientId: gate.clientId, browserSeenAt: { not: null } } })
  expect(rows.map(({ id }) => id)).toEqual([gate.secret.id])
})
