import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getClient } from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { removeDomain, setDomain, setPrimaryDomain } from './index.ts'

describe('domains of a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeAll(async () => {
    cast = await makeCast()
  })

  beforeEach(async () => {
    clientId = await makeClientRow(cast.teamId)
    await setDomain({ ctx: cast.owner, input: { clientId, host: 'localhost' } })
  })

  const set = (host: string, changes = {}, ctx = cast.owner) => setDomain({ ctx, input: { clientId, host, ...changes } })

  it.each([
    ['owner', 'ok', 'ok'],
    ['developer', 'ok', 'ok'],
    ['viewer', 'permission_denied', 'ok'],
    ['stranger', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok'],
  ] as const)('%s may change: %s, read: %s', async (actor, change, read) => {
    const ctx = cast[actor]
    expect(await outcome(set('a.example.com', {}, ctx))).toBe(change)
    const spare = await set('b.example.com')
    expect(await outcome(setPrimaryDomain({ ctx, input: { clientId, domainId: spare.id } }))).toBe(change)
    expect(await outcome(removeDomain({ ctx, input: { clientId, domainId: spare.id } }))).toBe(change)
    expect(await outcome(getClient({ ctx, input: { clientId } }))).toBe(read)
  })

  it('names the permission that a member lacks', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'clients.update'])
    await expect(set('a.example.com', {}, member)).rejects.toMatchObject({
      code: 'permission_denied',
      params: { permission: 'domains.manage' },
    })
  })

  it('adds with the defaults, the first as primary, and finds it again under any spelling', async () => {
    const added = await set('App.Example.COM.')
    expect(added).toMatchObject({
      added: true,
      host: 'app.example.com',
      active: true,
      allowLogin: true,
      allowApi: true,
      mode: 'test',
      primary: false,
      verified: false,
    })
    const changed = await set('APP.example.com', { active: false, ipAllowlist: ['10.1.2.3/8', '10.0.0.0/8', '::ffff:192.0.2.1'] })
    expect(changed).toMatchObject({
      added: false,
      id: added.id,
      active: false,
      allowLogin: true,
      ipAllowlist: ['10.0.0.0/8', '192.0.2.1/32'],
    })
    expect((await set('app.example.com', { ipAllowlist: [] })).ipAllowlist).toEqual([])
    const domains = (await getClient({ ctx: cast.viewer, input: { clientId } })).domains
    expect(domains.map(({ host, primary }) => [host, primary])).toEqual([
      ['localhost', true],
      ['app.example.com', false],
    ])
  })

  it('adds once when two add at the same time', async () => {
    const results = await Promise.all([1, 2, 3].map(() => set('same.example.com')))
    expect(results.filter(({ added }) => added)).toHaveLength(1)
  })

  it('says which field is wrong', async () => {
    await expect(set('https://example.com')).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'host', code: 'host_scheme' }],
    })
    await expect(set('a.example.com', { ipAllowlist: ['10.0.0.0/8', '10.0.0.0/99'] })).rejects.toMatchObject({
      fields: [{ path: 'ipAllowlist.1', code: 'cidr_invalid' }],
    })
  })

  it('keeps an address of the host to fall back to, and forgets it', async () => {
    const uri = 'https://app.example.com:8443/start?from=login'
    expect(await set('app.example.com', { fallbackUri: ` ${uri} ` })).toMatchObject({ fallbackUri: uri })
    expect(await set('app.example.com', { allowApi: false })).toMatchObject({ fallbackUri: uri })
    expect(await set('app.example.com', { fallbackUri: '' })).toMatchObject({ fallbackUri: null })
    expect(await set('münchen.example.com', { fallbackUri: 'https://xn--mnchen-3ya.example.com' })).toMatchObject({
      fallbackUri: 'https://xn--mnchen-3ya.example.com',
    })
    expect(await set('localhost', { fallbackUri: 'http://localhost:5173/' })).toMatchObject({ fallbackUri: 'http://localhost:5173/' })
    expect(await set('::1', { fallbackUri: 'http://[::1]:5173/' })).toMatchObject({ fallbackUri: 'http://[::1]:5173/' })
  })

  it.each([
    'http://app.example.com/',
    'https://example.com/',
    'https://app.example.com.evil.io/',
    'https://app.example.com@evil.io/',
    'https://evil.io\\@app.example.com/',
    'https://user@app.example.com/',
    'https://app.example.com/#x',
    'https:app.example.com',
    'https://app.example.com/a b',
    'https://app.example.com/\u0000',
    'javascript://app.example.com/%0aalert(1)',
    'ftp://app.example.com/',
    '//app.example.com/',
    '/start',
    'app.example.com',
  ])('does not fall back to %j', async (fallbackUri) => {
    const work = set('app.example.com', { fallbackUri })
    await expect(work).rejects.toMatchObject({ fields: [{ path: 'fallbackUri', code: 'fallback_uri_invalid' }] })
  })

  it('tells the later of two editors, and then changes nothing', async () => {
    const { updatedAt } = await set('a.example.com')
    await set('a.example.com', { updatedAt, allowApi: false })
    await expect(set('a.example.com', { updatedAt, allowLogin: false })).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'changed' },
    })
    await expect(set('new.example.com', { updatedAt })).rejects.toMatchObject({ code: 'conflict' })
    expect(await set('a.example.com')).toMatchObject({ allowApi: false, allowLogin: true })
  })

  it('switches the monitor of the allowlist', async () => {
    const list = { ipAllowlist: ['203.0.113.0/24'] }
    expect(await set('a.example.com', { ...list, ipMonitor: true })).toMatchObject({ ...list, ipMonitor: true })
    expect(await set('a.example.com', { ipMonitor: false })).toMatchObject({ ...list, ipMonitor: false })
  })

  it('accepts live mode unverified, but not for a local host by a person', async () => {
    expect(await set('a.example.com', { mode: 'live' })).toMatchObject({ mode: 'live', verified: false })
    await expect(set('localhost', { mode: 'live' })).rejects.toMatchObject({ fields: [{ path: 'mode', code: 'local_live' }] })
    expect(await set('localhost', { mode: 'live' }, cast.system)).toMatchObject({ mode: 'live' })
  })

  it('lets only the system say that a domain is verified', async () => {
    await expect(set('a.example.com', { verified: true })).rejects.toMatchObject({ fields: [{ path: 'verified', code: 'system_only' }] })
    const verified = await set('a.example.com', { verified: true }, cast.system)
    expect(verified.verified).toBe(true)
    expect((await set('a.example.com', { verified: true }, cast.system)).verifiedAt).toBe(verified.verifiedAt)
    expect((await set('a.example.com', { verified: false }, cast.system)).verified).toBe(false)
  })

  it('records what changed, before and after, and nothing when nothing did', async () => {
    const { id } = await set('a.example.com')
    await set('a.example.com', { allowApi: false })
    await set('a.example.com', { allowApi: false })
    const events = await db().auditEvent.findMany({ where: { targetType: 'domain', targetId: id }, orderBy: { at: 'asc' } })
    expect(events.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['domain.added', null, expect.objectContaining({ client: clientId, host: 'a.example.com' })],
      ['domain.changed', { host: 'a.example.com', allowApi: true }, { host: 'a.example.com', allowApi: false }],
    ])
  })

  it('removes a domain with its redirect URIs and passes on being primary', async () => {
    const next = await set('a.example.com')
    const [localhost] = (await getClient({ ctx: cast.owner, input: { clientId } })).domains
    const domainId = localhost?.id ?? ''
    await db().redirectUri.create({ data: { id: newId('ru'), clientId, domainId, uri: 'http://localhost/cb' } })
    const removed = await removeDomain({ ctx: cast.owner, input: { clientId, domainId } })
    expect(removed).toMatchObject({ host: 'localhost', removedRedirectUris: 1, newPrimary: 'a.example.com' })
    expect(await db().redirectUri.count({ where: { clientId } })).toBe(0)
    await expect(removeDomain({ ctx: cast.owner, input: { clientId, domainId: next.id } })).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'last_domain' },
    })
  })

  it('keeps a domain that a secret is restricted to: without it the secret would work everywhere', async () => {
    const domain = await set('a.example.com')
    const secretId = newId('sec')
    await db().clientSecret.create({
      data: {
        id: secretId,
        clientId,
        hash: Buffer.from(secretId),
        hint: 'abcd',
        mode: 'test',
        domains: { create: { domainId: domain.id } },
      },
    })
    await expect(removeDomain({ ctx: cast.owner, input: { clientId, domainId: domain.id } })).rejects.toMatchObject({
      params: { reason: 'linked_secrets' },
    })
  })

  it('does not reach the domain of another client of the same team', async () => {
    const other = await makeClientRow(cast.teamId)
    const { id } = await setDomain({ ctx: cast.owner, input: { clientId: other, host: 'a.example.com' } })
    expect(await outcome(setPrimaryDomain({ ctx: cast.owner, input: { clientId, domainId: id } }))).toBe('not_found')
    expect(await outcome(removeDomain({ ctx: cast.owner, input: { clientId, domainId: id } }))).toBe('not_found')
  })

  it('has exactly one primary domain', async () => {
    const { id } = await set('a.example.com')
    await Promise.all([1, 2, 3].map(() => setPrimaryDomain({ ctx: cast.owner, input: { clientId, domainId: id } })))
    expect(await db().domain.findMany({ where: { clientId, isPrimary: true }, select: { host: true } })).toEqual([
      { host: 'a.example.com' },
    ])
  })
})
