import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disableClient, enableClient, getClient } from '#lib/clients/index.ts'
import { db, pool } from '#lib/db.ts'
import { allowAddress } from '#lib/domains/index.ts'
import { changeDomain, type GateFixture, makeGateFixture } from '#lib/gate/testing.ts'
import { findRequest } from '#lib/requests/index.ts'
import { logRow, writeLog } from '#lib/requests/testing.ts'
import { makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { explainRequest } from './explain-request.ts'
import { previewRequest } from './preview-request.ts'
import type { PreviewRequestInput } from './schemas.ts'

useTestDatabase()
let gate: GateFixture

beforeAll(async () => {
  gate = await makeGateFixture()
})

beforeEach(() => pool().query('DELETE FROM rate_windows'))

const input = (changes: Partial<PreviewRequestInput> = {}): PreviewRequestInput => ({
  clientId: gate.clientId,
  domain: gate.domain.host,
  secret: gate.secret.id,
  ip: '203.0.113.7',
  ...changes,
})

describe('a request that nobody made', () => {
  const decision = async (changes: Partial<PreviewRequestInput> = {}) =>
    (await previewRequest({ ctx: gate.cast.viewer, input: input(changes) })).decision

  it('is decided by the gate’s own checks', async () => {
    expect(await decision()).toBe('ok')
    expect(await decision({ secret: 'wrong' })).toBe('invalid_credentials')
    expect(await decision({ secret: 'sec_of_someone_else' })).toBe('invalid_credentials')
    expect(await decision({ secret: 'mistyped' })).toBe('credentials_malformed')
    expect(await decision({ secret: 'missing' })).toBe('credentials_missing')
    expect(await decision({ secret: gate.testSecret.id })).toBe('mode_mismatch')
    expect(await decision({ browser: true })).toBe('browser_refused')
    expect(await decision({ domain: 'https://app.example.com/x' })).toBe('credentials_malformed')
    expect(await decision({ domain: '' })).toBe('credentials_missing')
    expect(await decision({ domain: 'other.example.com' })).toBe('domain_not_allowed')
    expect(await decision({ use: 'login' })).toBe('ok')
    await db().team.update({ where: { id: gate.cast.teamId }, data: { planEndsAt: new Date('2030-01-01') } })
    expect(await decision({ at: '2031-01-01T00:00' })).toBe('plan_inactive')
    expect(await decision({ at: '2029-12-31T00:00' })).toBe('ok')
    await db().team.update({ where: { id: gate.cast.teamId }, data: { planEndsAt: null } })
  })

  it('counts nothing', async () => {
    await decision()
    await decision({ secret: 'wrong' })
    expect((await pool().query('SELECT * FROM rate_windows')).rows).toEqual([])
  })

  it('needs logs.read and clients.read', async () => {
    const ask = (ctx: GateFixture['cast']['owner']) => outcome(previewRequest({ ctx, input: input() }))
    const { cast } = gate
    expect(await ask(cast.owner)).toBe('ok')
    expect(await ask(await makeMember(cast.teamId, ['clients.read']))).toBe('permission_denied')
    expect(await ask(await makeMember(cast.teamId, ['logs.read']))).toBe('permission_denied')
    expect(await ask(cast.stranger)).toBe('not_found')
    expect(await ask(cast.nobody)).toBe('unauthenticated')
  })

  it.each<[keyof PreviewRequestInput, string]>([
    ['ip', 'localhost'],
    ['ip', ''],
    ['at', 'soon'],
    ['at', '9999-01-01T00:00'],
  ])('refuses %s %s', async (name, value) => {
    expect(await outcome(previewRequest({ ctx: gate.cast.owner, input: input({ [name]: value }) }))).toBe('validation_failed')
  })
})

describe('what mends it', () => {
  const explain = async (changes: Parameters<typeof logRow>[1]) => {
    const row = logRow(gate.cast.teamId, {
      clientId: gate.clientId,
      domainId: gate.domain.id,
      host: gate.domain.host,
      secretId: gate.secret.id,
      status: 403,
      ...changes,
    })
    await writeLog(row)
    const { owner } = gate.cast
    return explainRequest(owner, await findRequest({ ctx: owner, input: { requestId: row.requestId } }))
  }

  it('is one click where one will do, until it is done', async () => {
    await disableClient({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })
    expect(await explain({ decision: 'client_disabled' })).toMatchObject({ mended: false, fixes: [{ action: 'enable_client' }] })
    await enableClient({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })
    expect(await explain({ decision: 'client_disabled' })).toMatchObject({ mended: true, fixes: [] })

    await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: ['10.0.0.0/8'] })
    const { fixes } = await explain({ decision: 'ip_not_allowed', ip: '203.0.113.7' })
    expect(fixes).toMatchObject([{ action: 'allow_address', fields: { ip: '203.0.113.7', host: gate.domain.host } }])
    await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: ['203.0.113.0/24'] })
    expect(await explain({ decision: 'ip_not_allowed', ip: '203.0.113.7' })).toMatchObject({ mended: true, fixes: [] })
    await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: [] })

    expect((await explain({ decision: 'domain_not_allowed', domainId: null, host: 'New.example.com' })).fixes).toMatchObject([
      { action: 'add_domain', fields: { host: 'new.example.com' } },
    ])
    expect((await explain({ decision: 'domain_not_allowed', domainId: null, host: 'not a host' })).fixes).toEqual([])
    const uri = `https://${gate.domain.host}/new`
    expect(
      await explain({ decision: 'invalid_redirect_uri', detail: { cause: 'redirect_uri_not_registered', redirect_uri: uri } }),
    ).toMatchObject({
      cause: 'redirect_uri_not_registered',
      fixes: [{ action: 'add_redirect_uri', fields: { uri } }],
    })
  })

  it('is a place for everything else, and no click for a client that is gone', async () => {
    expect(await explain({ decision: 'browser_refused' })).toMatchObject({
      fixes: [],
      links: [{ to: 'secret', href: `/clients/${gate.clientId}/secrets/${gate.secret.id}` }],
    })
    expect(await explain({ decision: 'client_disabled', clientId: 'cl_00000000000000000000' })).toMatchObject({
      fixes: [],
      links: [{ to: 'clients' }],
    })
    expect(await explain({ decision: 'something_new' })).toMatchObject({ cause: 'something_new', fixes: [], links: [] })
    expect(await explain({ decision: 'ok', status: 200 })).toMatchObject({ cause: null, failed: null })
  })
})

describe('allowAddress', () => {
  const allow = (ctx: GateFixture['cast']['owner'], address: string) =>
    outcome(allowAddress({ ctx, input: { clientId: gate.clientId, host: gate.domain.host, address } }))
  const list = async () =>
    (await getClient({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })).domains.find(({ id }) => id === gate.domain.id)
      ?.ipAllowlist

  it('adds to the list, once, with an audit event; an empty list stays open', async () => {
    const { cast } = gate
    expect(await allow(cast.owner, '192.0.2.1')).toBe('ok')
    expect(await list()).toEqual([])
    await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: ['10.0.0.0/8'] })
    await Promise.all([allow(cast.developer, '192.0.2.1'), allow(cast.owner, '2001:db8::1'), allow(cast.owner, '192.0.2.1')])
    expect((await list())?.toSorted()).toEqual(['10.0.0.0/8', '192.0.2.1/32', '2001:db8::1/128'])
    const where = { action: 'domain.changed', targetId: gate.domain.id, after: { path: ['ipAllowlist'], array_contains: '192.0.2.1/32' } }
    expect(await db().auditEvent.count({ where })).toBeGreaterThan(0)
    expect(await allow(cast.owner, 'nowhere')).toBe('validation_failed')
    expect(await allow(cast.viewer, '192.0.2.2')).toBe('permission_denied')
    expect(await allow(cast.stranger, '192.0.2.2')).toBe('not_found')
    expect(await allow(cast.nobody, '192.0.2.2')).toBe('unauthenticated')
  })
})
