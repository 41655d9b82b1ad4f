import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { checksumOk, hashClientSecret } from '#lib/secrets/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient } from './index.ts'
import type { CreateClientInput } from './schemas.ts'

describe('createClient', () => {
  useTestDatabase()
  let cast: Cast

  beforeEach(async () => {
    cast = await makeCast()
  })

  const create = (changes: Partial<CreateClientInput> = {}, ctx = cast.owner) =>
    createClient({ ctx, input: { teamId: cast.teamId, name: 'Shop', ...changes } })

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(create({}, cast[actor]))).toBe(expected)
    expect(await db().client.count({ where: { teamId: cast.teamId } })).toBe(expected === 'ok' ? 1 : 0)
  })

  it('names the permission that a member lacks', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'clients.update'])
    await expect(create({}, member)).rejects.toMatchObject({ params: { permission: 'clients.create' } })
  })

  it('gives one field everything to start with', async () => {
    const made = await create()
    expect(made.client).toMatchObject({
      name: 'Shop',
      type: 'confidential',
      applicationType: 'web',
      status: 'active',
      version: 1,
      grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      tokenEndpointAuthMethod: 'client_secret_basic',
    })
    expect(made.domains).toMatchObject([{ host: 'localhost', mode: 'test', active: true, allowLogin: true, allowApi: true, primary: true }])
    expect(made.scopes).toEqual(['openid', 'profile', 'email', 'offline_access'])
    expect(made.secret).toMatchObject({ mode: 'test', state: 'active', expiresAt: null })
    expect(made.secret?.value).toMatch(/^xws_test_/)
    expect(checksumOk(made.secret?.value ?? '')).toBe(true)
  })

  it('stores the hash of the secret and tells the audit trail nothing of it', async () => {
    const { secret, client } = await create()
    const value = secret?.value ?? 'no secret'
    const row = await db().clientSecret.findUniqueOrThrow({ where: { id: secret?.id ?? '' } })
    expect(Buffer.from(row.hash).equals(hashClientSecret(value))).toBe(true)
    const events = await db().auditEvent.findMany({ where: { teamId: cast.teamId } })
    expect(events.map(({ action }) => action).sort()).toEqual([
      'client.created',
      'domain.added',
      'plan.activated',
      'secret.created',
      'team.created',
    ])
    expect(JSON.stringify(events)).toContain(client.id)
    expect(JSON.stringify(events)).not.toContain(value)
    expect(JSON.stringify(events)).not.toContain(Buffer.from(row.hash).toString('hex'))
  })

  it('makes a public client without a secret and without client credentials', async () => {
    const made = await create({ type: 'public' })
    expect(made.secret).toBeNull()
    expect(made.client).toMatchObject({
      applicationType: 'spa',
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code', 'refresh_token'],
    })
    expect(await db().clientSecret.count({ where: { clientId: made.client.id } })).toBe(0)
  })

  it('recognises a native app by its redirect URIs, which have no domain', async () => {
    const made = await create({ type: 'public', redirectUris: ['com.example.app:/cb', 'http://127.0.0.1/cb'] })
    expect(made.client.applicationType).toBe('native')
    expect(made.redirectUris.map(({ domain }) => domain)).toEqual([null, null])
    await expect(create({ redirectUris: ['com.example.app:/cb'] })).rejects.toMatchObject({
      fields: [{ path: 'redirectUris.0', code: 'uri_scheme_needs_native' }],
    })
    await expect(create({ applicationType: 'native' })).rejects.toMatchObject({ fields: [{ code: 'public_needed' }] })
  })

  it('takes domains with modes, the first as primary, each once', async () => {
    const made = await create({ domains: ['App.Example.com:live', 'localhost', 'app.example.com:test'] })
    expect(made.domains.map(({ host, mode, primary }) => [host, mode, primary])).toEqual([
      ['app.example.com', 'live', true],
      ['localhost', 'test', false],
    ])
  })

  it('keeps redirect URIs as given, on their domain; local hosts get a test domain', async () => {
    const uris = ['https://App.example.com/cb?x=%2f', 'http://localhost:8080/cb', 'http://192.168.1.5/cb']
    const made = await create({ domains: ['app.example.com:live'], redirectUris: uris })
    expect(made.redirectUris.map(({ uri, domain }) => [uri, domain?.host, domain?.mode])).toEqual([
      [uris[0], 'app.example.com', 'live'],
      [uris[1], 'localhost', 'test'],
      [uris[2], '192.168.1.5', 'test'],
    ])
    expect(made.domains.map(({ host }) => host)).toEqual(['app.example.com', 'localhost', '192.168.1.5'])
  })

  it.each([
    [{ redirectUris: ['https://app.example.com/cb'] }, 'redirectUris.0', 'uri_domain_unknown'],
    [
      { domains: ['a.example.com:live'], redirectUris: ['http://localhost/', 'https://b.example.com/'] },
      'redirectUris.1',
      'uri_domain_unknown',
    ],
    [{ domains: ['a.example.com:live'], redirectUris: ['http://a.example.com/'] }, 'redirectUris.0', 'uri_http_live'],
    [{ redirectUris: ['http://localhost/', 'http://localhost/'] }, 'redirectUris.1', 'uri_duplicate'],
    [{ domains: ['example.com:production'] }, 'domains.0', 'host_invalid'],
    [{ domains: ['localhost:live'] }, 'domains.0', 'local_live'],
    [{ scopes: ['openid', 'root'] }, 'scopes', 'unknown_scope'],
    [{ name: '' }, 'name', 'required'],
    [{ name: '  \t ' }, 'name', 'required'],
    [{ name: 'a'.repeat(201) }, 'name', 'too_long'],
    [{ name: 'a\u0000b' }, 'name', 'characters'],
    [{ name: 'a\nb' }, 'name', 'characters'],
    [{ name: 'safe\u202egpj.exe' }, 'name', 'characters'],
    [{ name: '\u200b\u200d' }, 'name', 'characters'],
  ])('refuses %j and leaves nothing', async (changes, path, code) => {
    await expect(create(changes)).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path, code }] })
    expect(await db().client.count({ where: { teamId: cast.teamId } })).toBe(0)
    expect((await db().team.findUniqueOrThrow({ where: { id: cast.teamId } })).planKey).toBeNull()
  })

  it.each([
    'a',
    'x'.repeat(200),
    '🦊'.repeat(200),
    '👩‍👩‍👧‍👦 shop',
    'متجر',
    '<script>alert(1)</script>',
    "Robert'); DROP TABLE clients;--",
  ])('takes the name %j', async (name) => {
    expect((await create({ name })).client.name).toBe(name)
  })

  it('never exceeds the plan, also in parallel', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { overrideMaxClients: 3 } })
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome(create())))
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(3)
    expect(outcomes.filter((code) => code === 'limit_reached')).toHaveLength(5)
    expect(await db().client.count({ where: { teamId: cast.teamId } })).toBe(3)
  })

  it('counts no deleted clients, and says which limit was reached', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { overrideMaxClients: 1 } })
    const { client } = await create()
    await expect(create()).rejects.toMatchObject({ code: 'limit_reached', params: { limit: 1, plan: 'Free', what: 'clients' } })
    await db().client.update({ where: { id: client.id }, data: { deletedAt: new Date() } })
    expect(await outcome(create())).toBe('ok')
  })

  it('does not revive a plan that has ended', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'pro', planEndsAt: new Date(0) } })
    await expect(create()).rejects.toMatchObject({ code: 'limit_reached', params: { what: 'plan' } })
  })

  it('says who made it, also when the system acts for someone', async () => {
    const createdById = cast.owner.actor.kind === 'user' ? cast.owner.actor.userId : ''
    const own = await create()
    const forSomeone = await create({ createdById }, cast.system)
    const forged = await create({ createdById }, cast.developer)
    const makers = await Promise.all(
      [own, forSomeone, forged].map(async ({ client }) => (await db().client.findUniqueOrThrow({ where: { id: client.id } })).createdById),
    )
    expect(makers).toEqual([createdById, createdById, cast.developer.actor.kind === 'user' ? cast.developer.actor.userId : ''])
  })

  it('makes one client of a form that is sent twice, also at once, and shows the secret once', async () => {
    const input = { teamId: cast.teamId, name: 'Sent twice', idempotencyKey: 'form-1' }
    const answers = await Promise.all([1, 2, 3].map(() => createClient({ ctx: cast.owner, input })))
    expect(new Set(answers.map(({ client }) => client.id)).size).toBe(1)
    expect(answers.filter(({ secret }) => secret !== null)).toHaveLength(1)
    expect(answers.filter(({ repeated }) => repeated)).toHaveLength(2)
    expect(await db().client.count({ where: { teamId: cast.teamId, name: 'Sent twice' } })).toBe(1)
    // The same form with another name, another person's, and one without a key ask for others.
    const others = await Promise.all([
      createClient({ ctx: cast.owner, input: { ...input, name: 'Another' } }),
      createClient({ ctx: cast.admin, input }),
      createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Sent twice' } }),
    ])
    expect(others.map(({ repeated }) => repeated)).toEqual([false, false, false])
  })

  it('makes a machine: client credentials and nothing else', async () => {
    const { client, secret } = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Robot', machine: true } })
    expect(client).toMatchObject({ type: 'confidential', grantTypes: ['client_credentials'] })
    expect(secret).not.toBeNull()
    const open = createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Robot', type: 'public', machine: true } })
    await expect(open).rejects.toMatchObject({ fields: [{ path: 'type', code: 'confidential_needed' }] })
  })
})
