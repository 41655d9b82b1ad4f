import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { type Cast, makeCast, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { addRedirectUri, createClient, getClient, removeRedirectUri } from './index.ts'

describe('redirect URIs of a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeEach(async () => {
    cast = await makeCast()
    clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
  })

  const add = (uri: string, kind: 'login' | 'logout' = 'login', ctx = cast.owner) => addRedirectUri({ ctx, input: { clientId, uri, kind } })

  it.each([
    ['owner', 'ok', 'ok'],
    ['developer', 'ok', 'ok'],
    ['viewer', 'permission_denied', 'ok'],
    ['stranger', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok'],
  ] as const)('%s: change %s, read %s', async (actor, change, read) => {
    const ctx = cast[actor]
    const { id } = await add('http://localhost/a')
    expect(await outcome(add('http://localhost/b', 'login', ctx))).toBe(change)
    expect(await outcome(removeRedirectUri({ ctx, input: { clientId, redirectUriId: id } }))).toBe(change)
    expect(await outcome(getClient({ ctx, input: { clientId } }))).toBe(read)
  })

  it('keeps each exactly as given; the same address may serve log-in and log-out', async () => {
    const uris = ['http://LOCALHOST:3000/cb', 'http://localhost:3000/cb', 'http://localhost:3000/cb/', 'http://localhost:3000/cb?a=%2F..']
    for (const uri of uris) await add(uri)
    await add(uris[0] ?? '', 'logout')
    const list = (await getClient({ ctx: cast.viewer, input: { clientId } })).redirectUris
    expect(list.filter(({ kind }) => kind === 'login').map(({ uri }) => uri)).toEqual(uris)
    expect(list.filter(({ kind }) => kind === 'logout')).toMatchObject([{ uri: uris[0], domain: { host: 'localhost' } }])
  })

  it('explains why it refuses', async () => {
    await setDomain({ ctx: cast.owner, input: { clientId, host: 'live.example.com', mode: 'live' } })
    await setDomain({ ctx: cast.owner, input: { clientId, host: 'test.example.com' } })
    const refused = async (uri: string) => (await add(uri).catch((error: unknown) => error)) as { fields: { path: string; code: string }[] }
    expect((await refused('https://other.example.com/cb')).fields).toMatchObject([
      { path: 'uri', code: 'uri_domain_unknown', params: { host: 'other.example.com' } },
    ])
    expect((await refused('http://live.example.com/cb')).fields).toMatchObject([{ code: 'uri_http_live' }])
    expect((await refused('https://live.example.com/cb#x')).fields).toMatchObject([{ code: 'uri_fragment' }])
    expect((await refused('com.example.app:/cb')).fields).toMatchObject([{ code: 'uri_scheme_needs_native' }])
    expect(await outcome(add('http://test.example.com/cb'))).toBe('ok')
    expect(await outcome(add('https://live.example.com/cb'))).toBe('ok')
    expect((await refused('https://live.example.com/cb')).fields).toMatchObject([{ code: 'uri_duplicate' }])
  })

  it('adds a test domain for a local host', async () => {
    expect((await add('http://10.0.0.8:8080/cb')).domain).toMatchObject({ host: '10.0.0.8', mode: 'test' })
    expect((await add('http://[::1]/cb')).domain).toMatchObject({ host: '::1' })
    expect((await getClient({ ctx: cast.owner, input: { clientId } })).domains.map(({ host }) => host)).toEqual([
      'localhost',
      '10.0.0.8',
      '::1',
    ])
  })

  it('adds once when two add the same at the same time', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => outcome(add('http://localhost/same'))))
    expect(outcomes.sort()).toEqual(['ok', 'validation_failed', 'validation_failed'])
  })

  it('reaches nothing of another client, and records additions and removals', async () => {
    const other = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Other' } })
    const { id } = await add('http://localhost/cb')
    expect(await outcome(removeRedirectUri({ ctx: cast.owner, input: { clientId: other.client.id, redirectUriId: id } }))).toBe('not_found')
    await removeRedirectUri({ ctx: cast.owner, input: { clientId, redirectUriId: id } })
    const what = { client: clientId, uri: 'http://localhost/cb', kind: 'login', domain: 'localhost' }
    const events = await db().auditEvent.findMany({ where: { targetId: id }, orderBy: { at: 'asc' } })
    expect(events.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['redirect_uri.added', null, what],
      ['redirect_uri.removed', what, null],
    ])
  })
})
