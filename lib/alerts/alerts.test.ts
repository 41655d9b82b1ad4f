import { beforeEach, describe, expect, it } from 'vitest'
import { revokeSecret } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, pool } from '#lib/db.ts'
import { ask, changeDomain, codeOf, type GateFixture, makeGateFixture } from '#lib/gate/testing.ts'
import { LOCALES } from '#lib/i18n/index.ts'
import { renderMail } from '#lib/mail/index.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { getRestriction } from './get-restriction.ts'
import { ALERT_KINDS } from './kinds.ts'
import { liftRestriction } from './lift-restriction.ts'
import { listAlerts } from './list-alerts.ts'
import { flushAlerts, noteAlert, noteFailedAttempt } from './note.ts'
import { raiseAlert } from './raise-alert.ts'
import { restrictClient } from './restrict-client.ts'
import { watchErrors } from './watch-errors.ts'
import { watchRates } from './watch-rates.ts'

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

describe('the usual rate', () => {
  const now = new Date('2026-11-22T12:03:00Z')
  /** `requests` in each five minutes from `from` to `to` hours before now, and `recent` in the running ones. */
  async function traffic(from: number, to: number, requests: number, recent: number): Promise<void> {
    await pool().query(
      `INSERT INTO client_rates SELECT $1, at, $4 FROM generate_series($5::timestamptz - $2 * interval '1 hour', $5::timestamptz - $3 * interval '1 hour', interval '5 minutes') AS at`,
      [gate.clientId, from, to, requests, '2026-11-22T11:50:00Z'],
    )
    await pool().query(`INSERT INTO client_rates VALUES ($1, '2026-11-22T12:00:00Z', $2)`, [gate.clientId, recent])
  }

  it.each([
    ['ten times as much', 24, 0, 50, 500, true],
    ['nine times as much', 24, 0, 50, 450, false],
    ['a hundred times very little', 24, 0, 2, 200, false],
    ['much, without an hour of past', 0.5, 0, 1, 5000, false],
    ['much after days of almost nothing', 48, 47, 10, 400, true],
  ])('%s', async (_, from, to, usual, recent, expected) => {
    await traffic(from, to, usual, recent)
    await watchRates(now)
    expect((await alerts()).map(({ kind }) => kind)).toEqual(expected ? ['unusual_rate'] : [])
  })

  it('forgets what is older than it looks back', async () => {
    await pool().query(`INSERT INTO client_rates VALUES ($1, '2026-11-10T00:00:00Z', 1)`, [gate.clientId])
    await watchRates(now)
    expect(await db().clientRate.count({ where: { clientId: gate.clientId } })).toBe(0)
  })
})

describe('the share of errors', () => {
  const now = new Date('2026-11-22T12:10:00Z')
  const buckets = Array.from({ length: 16 }, (_, n) => `l${String(n + 1).padStart(2, '0')}`)
  const count = (at: string, domain: string, requests: number, failed: number) =>
    pool().query(
      `INSERT INTO usage_source_hours (team_id, client_id, at, domain_id, requests, failed, refused, logins, tokens, ${buckets})
       VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, ${buckets.map(() => 0)})`,
      [gate.cast.teamId, gate.clientId, at, domain, requests, failed],
    )

  it.each([
    ['more than a fifth of a hundred', '2026-11-22T11:00:00Z', 100, 21, true],
    ['just a fifth', '2026-11-22T11:00:00Z', 100, 20, false],
    ['all of fewer than a hundred', '2026-11-22T11:00:00Z', 98, 98, false],
    ['the hour that still runs', '2026-11-22T12:00:00Z', 1000, 1000, false],
    ['an hour that was looked at before', '2026-11-22T10:00:00Z', 1000, 1000, false],
  ])('%s', async (_, at, requests, failed, expected) => {
    await count(at, '', requests / 2, failed)
    await count(at, 'other', requests / 2, 0)
    await watchErrors(now)
    const seen = expected ? [{ kind: 'many_errors', occurrences: 1, evidence: [{ requests, failed, minutes: 60 }] }] : []
    expect(await alerts()).toMatchObject(seen)
    expect(await mails()).toBe(seen.length)
  })
})

describe('restricting by hand', () => {
  const input = () => ({ clientId: gate.clientId })
  const as = (ctx: Ctx, isOperator: boolean): Ctx => ({ ...ctx, actor: { ...ctx.actor, isOperator } as Ctx['actor'] })

  it('by actor', async () => {
    const { owner, admin, developer, viewer, stranger, nobody, system, teamId } = gate.cast
    const operator = as(await makeUser('operator'), true)
    const permitted = await makeMember(teamId, ['clients.read', 'clients.update'])
    const without = await makeMember(teamId, ['clients.read'])
    const elsewhere = await makeMember(teamId, ['clients.read', 'clients.update'], [])
    const results = { owner, admin, developer, permitted, operator, system, viewer, without, elsewhere, stranger, nobody }
    const expected = {
      owner: 'ok',
      admin: 'ok',
      developer: 'ok',
      permitted: 'ok',
      operator: 'ok',
      system: 'ok',
      viewer: 'permission_denied',
      without: 'permission_denied',
      elsewhere: 'not_found',
      stranger: 'not_found',
      nobody: 'unauthenticated',
    }
    const restricting: Record<string, string> = {}
    const lifting: Record<string, string> = {}
    for (const [who, ctx] of Object.entries(results)) {
      restricting[who] = await outcome(restrictClient({ ctx, input: input() }))
      await liftRestriction({ ctx: system, input: input() })
      lifting[who] = await outcome(liftRestriction({ ctx, input: input() }))
    }
    expect(restricting).toEqual(expected)
    expect(lifting).toEqual(expected)
  })

  it('holds on the next request and loses nothing', async () => {
    const { owner } = gate.cast
    expect(await restrictClient({ ctx: owner, input: { ...input(), reason: ' leaked ' } })).toEqual({
      clientId: gate.clientId,
      restricted: true,
      reason: 'leaked',
      byOperator: false,
    })
    expect(codeOf(await ask(gate))).toBe('client_restricted')
    expect(await outcome(restrictClient({ ctx: owner, input: input() }))).toBe('ok')
    await liftRestriction({ ctx: owner, input: input() })
    expect(codeOf(await ask(gate))).toBe('ok')
    const events = await db().auditEvent.findMany({
      where: { targetId: gate.clientId, action: { startsWith: 'client.restrict' } },
      orderBy: { at: 'asc' },
    })
    expect(events.map(({ action }) => action)).toEqual(['client.restricted', 'client.restriction_lifted'])
  })

  it('a team cannot lift what an operator set, nor weaken it by restricting again', async () => {
    const { owner } = gate.cast
    const operator = as(await makeUser('operator'), true)
    await restrictClient({ ctx: owner, input: input() })
    expect(await restrictClient({ ctx: operator, input: { ...input(), reason: 'spam' } })).toMatchObject({
      byOperator: true,
      reason: 'spam',
    })
    expect(await restrictClient({ ctx: owner, input: { ...input(), reason: 'mine' } })).toMatchObject({ byOperator: true, reason: 'spam' })
    expect(await outcome(liftRestriction({ ctx: owner, input: input() }))).toBe('permission_denied')
    expect(codeOf(await ask(gate))).toBe('client_restricted')
    expect(await outcome(liftRestriction({ ctx: operator, input: input() }))).toBe('ok')
    expect(codeOf(await ask(gate))).toBe('ok')
  })

  it('is told to members who may read the client, by actor', async () => {
    const { owner, viewer, stranger, nobody, system, teamId } = gate.cast
    const elsewhere = await makeMember(teamId, ['clients.read'], [])
    expect(await getRestriction({ ctx: owner, input: input() })).toBeNull()
    await restrictClient({ ctx: system, input: { ...input(), reason: 'spam' } })
    const told = { reason: 'spam', byOperator: true, at: expect.stringMatching(/^\d{4}-.*Z$/) }
    for (const ctx of [owner, viewer, system]) expect(await getRestriction({ ctx, input: input() })).toEqual(told)
    const refused = [elsewhere, stranger, nobody].map((ctx) => outcome(getRestriction({ ctx, input: input() })))
    expect(await Promise.all(refused)).toEqual(['not_found', 'not_found', 'unauthenticated'])
  })

  it('refuses endless reasons', async () => {
    expect(await outcome(restrictClient({ ctx: gate.cast.owner, input: { ...input(), reason: 'x'.repeat(501) } }))).toBe(
      'validation_failed',
    )
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
