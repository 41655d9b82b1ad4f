import { beforeEach, describe, expect, it } from 'vitest'
import { revokeSecret } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, pool } from '#lib/db.ts'
import { ask, changeDomain, codeOf, type GateFixture, makeGateFixture } from '#lib/gate/testing.ts'
import { LOCALES } from '#lib/i18n/index.ts'
import { renderMail } from '#lib/mail/index.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ALERT_KINDS } from './kinds.ts'
import { listAlerts } from './list-alerts.ts'
import { flushAlerts, noteAlert, noteFailedAttempt } from './note.ts'
import { raiseAlert } from './raise-alert.ts'

useTestDatabase()
let gate: GateFixture

beforeEach(async () => {
  gate = await makeGateFixture()
  await pool().query('DELETE FROM rate_windows')
  await db().mail.deleteMany()
  const { actor } = gate.cast.owner
  if (actor.kind === 'user') await db().user.update({ where: { id: actor.userId }, data: { emailVerifiedAt: new Date() } })
})

const alerts = () => listAlerts({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })
const mails = () => db().mail.count({ where: { template: 'client_alert' } })
const wrong = () => generateClientSecret('live')

describe('what the gate sees', () => {
  it('a secret in a browser: an alert with the evidence, and one mail to the owners', async () => {
    const extra: [string, string][] = [
      ['Origin', 'https://shop.example.com'],
      ['User-Agent', 'Mozilla/5.0'],
    ]
    for (let n = 0; n < 3; n++) expect(codeOf(await ask(gate, { extra }))).toBe('browser_refused')
    await flushAlerts()
    await ask(gate, { extra, ip: '203.0.113.8' })
    await flushAlerts()
    const [alert, ...more] = await alerts()
    expect(more).toEqual([])
    expect(alert).toMatchObject({
      kind: 'secret_in_browser',
      occurrences: 4,
      evidence: [
        {
          ip: '203.0.113.7',
          secret_id: gate.secret.id,
          domain_id: gate.domain.id,
          received: 'origin: https://shop.example.com',
          user_agent: 'Mozilla/5.0',
        },
        { ip: '203.0.113.8' },
      ],
    })
    expect(await mails()).toBe(1)
  })

  it('a right secret from outside the allowlist, but not while the domain only monitors', async () => {
    const { host } = gate.domain
    await changeDomain(gate.clientId, { host, ipAllowlist: ['10.0.0.0/8'], ipMonitor: true })
    await ask(gate)
    await flushAlerts()
    expect(await alerts()).toEqual([])
    await changeDomain(gate.clientId, { host, ipMonitor: false })
    await ask(gate)
    await flushAlerts()
    expect(await alerts()).toMatchObject([
      { kind: 'secret_outside_allowlist', evidence: [{ ip: '203.0.113.7', secret_id: gate.secret.id, expected: '10.0.0.0/8' }] },
    ])
  })

  it('an address that guesses until it is refused', async () => {
    for (let n = 0; n < 30; n++) await ask(gate, { secret: wrong(), ip: '198.51.100.1' })
    await flushAlerts()
    expect(await alerts()).toEqual([])
    await ask(gate, { secret: wrong(), ip: '198.51.100.1' })
    await flushAlerts()
    expect(await alerts()).toMatchObject([{ kind: 'failed_attempts_address', evidence: [{ ip: '198.51.100.1' }] }])
  })

  it('many failures on one client from many addresses; its right secret keeps working', async () => {
    for (let n = 1; n <= 100; n++) await ask(gate, { secret: wrong(), ip: `198.51.100.${n}` })
    await flushAlerts()
    expect(await alerts()).toMatchObject([{ kind: 'failed_attempts_client', occurrences: 1, evidence: [{ attempts: 100, seconds: 600 }] }])
    for (let n = 1; n <= 20; n++) await ask(gate, { secret: wrong(), ip: `198.51.100.${n}` })
    await flushAlerts()
    expect(await alerts()).toHaveLength(1)
    expect(codeOf(await ask(gate, { ip: '198.51.100.1' }))).toBe('ok')
  })

  it('nothing for clients that do not exist, or whose credentials were merely malformed', async () => {
    const before = await db().alert.count()
    for (let n = 0; n < 120; n++) noteFailedAttempt({ clientId: 'cl_00000000000000000000', ip: '198.51.100.1', refused: true })
    noteAlert({ clientId: 'cl_00000000000000000000', kind: 'secret_in_browser', evidence: {} })
    await ask(gate, { secret: 'nonsense' })
    await flushAlerts()
    expect(await db().alert.count()).toBe(before)
  })
})

describe('raising', () => {
  const raise = (now?: Date) =>
    raiseAlert({ clientId: gate.clientId, kind: 'unusual_rate', evidence: { requests: 1 }, occurrences: 1 }, now)

  it('makes one of many at once, and mails once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => raise()))
    expect(await alerts()).toMatchObject([{ occurrences: 10 }])
    expect(await mails()).toBe(1)
  })

  it('is new on the next day', async () => {
    await raise(new Date('2026-11-21T23:59:59Z'))
    await raise(new Date('2026-11-22T00:00:00Z'))
    expect(await alerts()).toHaveLength(2)
    expect(await mails()).toBe(2)
  })

  it('keeps the first twenty pieces of evidence', async () => {
    for (let n = 0; n < 25; n++) await raise()
    expect((await alerts())[0]).toMatchObject({ occurrences: 25, evidence: { length: 20 } })
  })

  it('mails owners only, and only to proven addresses', async () => {
    await db().user.updateMany({ data: { emailVerifiedAt: new Date() } })
    await raise(new Date('2026-11-20T00:00:00Z'))
    expect(await mails()).toBe(1)
    await db().user.updateMany({ data: { emailVerifiedAt: null } })
    await raise(new Date('2026-11-21T00:00:00Z'))
    expect(await mails()).toBe(1)
  })

  it('has a text for every kind in every language', () => {
    for (const locale of LOCALES) {
      for (const kind of ALERT_KINDS) {
        const { subject, text } = renderMail(
          'client_alert',
          locale,
          { name: 'Ada', client: 'Shop', kind, url: 'https://id.example.com/clients/1' },
          'XWMS',
        )
        expect(`${subject} ${text}`).toContain('Shop')
        expect(`${subject} ${text}`).not.toMatch(/undefined|\{\w+\}/)
      }
    }
  })
})

it('lists alerts to members who may read the log, by actor', async () => {
  const { owner, viewer, stranger, nobody, system, teamId } = gate.cast
  const without = await makeMember(teamId, ['clients.read'])
  const list = (ctx: Ctx) => outcome(listAlerts({ ctx, input: { clientId: gate.clientId } }))
  expect(await Promise.all([owner, viewer, system, without, stranger, nobody].map(list))).toEqual([
    'ok',
    'ok',
    'ok',
    'permission_denied',
    'not_found',
    'unauthenticated',
  ])
})

it('raises nothing more for a revoked secret than for a wrong one', async () => {
  await revokeSecret({ ctx: gate.cast.owner, input: { clientId: gate.clientId, secretId: gate.secret.id } })
  await ask(gate, { extra: [['Origin', 'https://evil.io']] })
  await flushAlerts()
  expect(await alerts()).toEqual([])
})
