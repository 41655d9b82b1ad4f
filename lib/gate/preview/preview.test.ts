import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSecret } from '#lib/clients/index.ts'
import { makeApiClient, subOf, type TestClient } from '#lib/connections/testing.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { newRequestId } from '#lib/ids.ts'
import { recordRequest } from '#lib/requests/index.ts'
import { type Cast, makeCast, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { checkGate } from '../index.ts'
import { type DomainPreview, previewDomainChange } from './preview-domain-change.ts'

type Known = Extract<DomainPreview, { known: true }>

describe('what a change of a domain would have refused', () => {
  useTestDatabase()
  let cast: Cast
  let client: TestClient
  let secretId: string

  beforeAll(async () => {
    cast = await makeCast()
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
  })

  beforeEach(async () => {
    client = await makeApiClient(cast.teamId, { mode: 'live' })
    secretId = (await createSecret({ ctx: cast.owner, input: { clientId: client.id, mode: 'live' } })).id
  })

  type Row = Partial<Parameters<typeof recordRequest>[0]>

  /** A call of the API that passed the gate. */
  function call(row: Row = {}): void {
    recordRequest({
      requestId: newRequestId(),
      at: new Date(),
      teamId: client.teamId,
      clientId: client.id,
      domainId: client.domainId,
      secretId,
      accountId: null,
      mode: 'live',
      method: 'GET',
      path: '/api/v1/whoami',
      endpoint: 'GET v1/whoami',
      status: 200,
      decision: 'ok',
      ip: '203.0.113.4',
      userAgent: null,
      host: client.host,
      durationMs: 1,
      checks: [{ check: 'https_required', verdict: 'passed' }],
      detail: null,
      ...row,
    })
  }

  const login = (row: Row = {}) =>
    call({
      checks: null,
      method: 'GET',
      path: '/oidc/auth',
      endpoint: 'login',
      secretId: null,
      detail: { redirect_uri: 'https://a.example/' },
      ...row,
    })

  async function preview(change: object, ctx = cast.owner): Promise<Known> {
    const result = await previewDomainChange({ ctx, input: { clientId: client.id, host: client.host, ...change } })
    if (!result.known) throw new Error('not known')
    return result
  }

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(previewDomainChange({ ctx: cast[actor], input: { clientId: client.id, host: client.host } }))).toBe(expected)
  })

  it('tells nothing of the log to who may not read it, but the numbers', async () => {
    call()
    const member = await makeMember(cast.teamId, ['clients.read', 'domains.manage'])
    expect(await preview({ active: false }, member)).toMatchObject({
      refused: 1,
      details: null,
      codes: [{ name: 'domain_inactive', count: 1 }],
    })
  })

  it('changes nothing, and says when nothing would have been refused', async () => {
    call()
    const before = await db().domain.findFirstOrThrow({ where: { id: client.domainId } })
    expect(await preview({ ipAllowlist: ['203.0.113.0/24'] })).toMatchObject({ examined: 1, refused: 0, complete: true })
    expect(await preview({ active: false })).toMatchObject({ refused: 1 })
    expect(await db().domain.findFirstOrThrow({ where: { id: client.domainId } })).toEqual(before)
  })

  it('groups what an IP allowlist refuses by address and endpoint, with samples; monitoring only notes it', async () => {
    for (let index = 0; index < 3; index++) call({ ip: '198.51.100.7', endpoint: 'POST user/address', requestId: `req_${index}` })
    call({ ip: '::ffff:198.51.100.8' })
    call()
    const ipAllowlist = ['203.0.113.0/24']
    const found = await preview({ ipAllowlist })
    expect(found).toMatchObject({ examined: 5, refused: 4, monitored: 0, codes: [{ name: 'ip_not_allowed', count: 4 }] })
    expect(found.details).toMatchObject({
      addresses: [{ name: '198.51.100.7', count: 3 }, { count: 1 }],
      endpoints: [
        { name: 'POST user/address', count: 3 },
        { name: 'GET v1/whoami', count: 1 },
      ],
    })
    expect(found.details?.samples).toHaveLength(2)
    expect(await preview({ ipAllowlist, ipMonitor: true })).toMatchObject({ refused: 0, monitored: 4 })
  })

  it.each([
    ['active', { active: false }, 'domain_inactive', 'domain_inactive'],
    ['API', { allowApi: false }, 'api_not_allowed', null],
    ['log-in', { allowLogin: false }, null, 'login_not_allowed'],
    ['mode', { mode: 'test' }, 'mode_mismatch', 'not_a_tester'],
  ] as const)('%s: calls %j → %s, log-ins → %s', async (_name, change, ofCall, ofLogin) => {
    call()
    login({ accountId: subOf(await makeUser('outsider')) })
    login({ accountId: subOf(cast.viewer) })
    const codes = (await preview(change)).codes.map(({ name }) => name)
    expect(codes.sort()).toEqual([...new Set([ofCall, ofLogin])].filter((code) => code !== null).sort())
  })

  it('takes a token without a secret as the gate does, and sign-token as a log-in', async () => {
    call({ secretId: null })
    call({ endpoint: 'GET sign-token' })
    expect((await preview({ mode: 'test' })).codes).toEqual([{ name: 'mode_mismatch', count: 1 }])
    expect((await preview({ allowLogin: false })).details?.endpoints).toEqual([{ name: 'GET sign-token', count: 1 }])
  })

  it('asks for https where a live domain needs it, and leaves alone what does not ask for the domain', async () => {
    await setDomain({ ctx: cast.system, input: { clientId: client.id, host: client.host, mode: 'test' } })
    login({ detail: { redirect_uri: 'http://a.example/' }, accountId: subOf(cast.viewer) })
    login({ endpoint: 'userinfo' })
    expect((await preview({ mode: 'live' })).codes).toEqual([{ name: 'https_required', count: 1 }])
  })

  it('counts only what got through, on this domain, in 24 hours, and not what the present settings refuse', async () => {
    call({ decision: 'rate_limited', status: 429 })
    call({ decision: 'validation_failed', status: 422 })
    call({ domainId: 'dom_other' })
    call({ at: new Date(Date.now() - 25 * 3_600_000) })
    login({ decision: 'access_denied' })
    expect(await preview({ active: false })).toMatchObject({ examined: 1, refused: 1 })
    await setDomain({ ctx: cast.owner, input: { clientId: client.id, host: client.host, allowApi: false } })
    expect(await preview({ active: false })).toMatchObject({ examined: 1, refused: 0 })
  })

  it('refuses what the verb that saves would refuse', async () => {
    const asked = (input: object) => previewDomainChange({ ctx: cast.owner, input: { clientId: client.id, host: client.host, ...input } })
    await expect(asked({ ipAllowlist: ['10.0.0.0/99'] })).rejects.toMatchObject({
      fields: [{ path: 'ipAllowlist.0', code: 'cidr_invalid' }],
    })
    await expect(asked({ host: 'nowhere.example.com' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(asked({ verified: false })).rejects.toMatchObject({ fields: [{ code: 'system_only' }] })
  })

  it('agrees with the gate on every change of the settings', async () => {
    const { value } = await createSecret({ ctx: cast.owner, input: { clientId: client.id, mode: 'live' } })
    call()
    const headers = [
      ['X-Client-Id', client.id],
      ['X-Client-Secret', value],
      ['X-Client-Domain', client.host],
    ].flat()
    const wanted = [
      {},
      { active: false },
      { allowApi: false },
      { allowLogin: false },
      { mode: 'test' },
      { ipAllowlist: ['203.0.113.4/32'] },
      { ipAllowlist: ['198.51.100.0/24'] },
      { ipAllowlist: ['198.51.100.0/24'], ipMonitor: true },
      { active: false, ipAllowlist: ['198.51.100.0/24'] },
    ] as const
    const before = { active: true, allowApi: true, allowLogin: true, mode: 'live', ipAllowlist: [] as string[], ipMonitor: false } as const
    for (const change of wanted) {
      const [told] = (await preview({ ...before, ...change })).codes
      const input = {
        clientId: client.id,
        host: client.host,
        ...before,
        ...change,
        ipAllowlist: [...((change as { ipAllowlist?: string[] }).ipAllowlist ?? [])],
      }
      await setDomain({ ctx: cast.owner, input })
      const result = await checkGate({ headers, ip: '203.0.113.4', secure: true, now: new Date(), use: 'api' })
      expect(told?.name, JSON.stringify(change)).toBe(result.ok ? undefined : result.code)
      await setDomain({ ctx: cast.owner, input: { ...input, ...before } })
    }
  })
})
