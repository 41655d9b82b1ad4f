import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { type CredentialList, createClient, createSecret, listCredentials, rotateSecret } from './index.ts'
import type { ListCredentialsInput } from './schemas.ts'

useTestDatabase()
const DAY_MS = 86_400_000
let cast: Cast
let clientId: string

beforeEach(async () => {
  cast = await makeCast()
  const { client } = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })
  clientId = client.id
  await db().clientSecret.deleteMany({ where: { clientId } })
})

const ago = (days: number) => new Date(Date.now() - days * DAY_MS)
const list = (more: Partial<ListCredentialsInput> = {}, ctx: Ctx = cast.owner) =>
  listCredentials({ ctx, input: { teamId: cast.teamId, ...more } })
const labels = ({ credentials }: CredentialList) => credentials.map(({ label }) => label)

type Facts = { createdAt?: Date; expiresAt?: Date; lastUsedAt?: Date; browserSeenAt?: Date; revokedAt?: Date }

/** A secret with this label and these facts. */
async function make(label: string, facts: Facts = {}, of = clientId): Promise<string> {
  const { id } = await createSecret({ ctx: cast.system, input: { clientId: of, label } })
  await db().clientSecret.update({ where: { id }, data: facts })
  return id
}

it('by actor; a limited member sees only their clients', async () => {
  await make('mine')
  const other = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Other' } })
  const { owner, viewer, system, stranger, nobody, teamId } = cast
  const without = await makeMember(teamId, ['logs.read', 'secrets.manage'])
  const limited = await makeMember(teamId, ['clients.read'], [clientId])
  const actors = { owner, viewer, system, limited, without, stranger, nobody }
  const outcomes = Object.entries(actors).map(async ([who, ctx]) => [who, await outcome(list({}, ctx))] as const)
  expect(Object.fromEntries(await Promise.all(outcomes))).toEqual({
    owner: 'ok',
    viewer: 'ok',
    system: 'ok',
    limited: 'ok',
    without: 'permission_denied',
    stranger: 'not_found',
    nobody: 'unauthenticated',
  })
  expect((await list()).counts.all).toBe(2)
  const seen = await list({}, limited)
  expect([labels(seen), seen.counts.all]).toEqual([['mine'], 1])
  expect((await list({ search: 'Other' }, limited)).credentials).toEqual([])
  expect(other.client.id).not.toBe(clientId)
})

describe('findings', () => {
  it.each([
    ['made today', {}, ['never_used']],
    ['used', { lastUsedAt: ago(1) }, []],
    ['used 89 days ago', { createdAt: ago(300), lastUsedAt: ago(89) }, []],
    ['used 91 days ago', { createdAt: ago(300), lastUsedAt: ago(91) }, ['unused']],
    ['made 91 days ago', { createdAt: ago(91) }, ['unused', 'never_used']],
    ['ends in 29 days', { lastUsedAt: ago(1), expiresAt: ago(-29) }, ['expires_soon']],
    ['ends in 31 days', { lastUsedAt: ago(1), expiresAt: ago(-31) }, []],
    ['older than a year', { createdAt: ago(367), lastUsedAt: ago(1) }, ['old']],
    ['used from a browser', { lastUsedAt: ago(1), browserSeenAt: ago(200) }, ['in_browser']],
  ] satisfies [string, Facts, string[]][])('%s', async (label, facts, findings) => {
    await make(label, facts)
    const { credentials, counts } = await list()
    expect(credentials).toMatchObject([{ label, findings, client: { id: clientId, name: 'Shop' } }])
    expect(counts).toMatchObject({ all: 1, any: findings.length > 0 ? 1 : 0, ...Object.fromEntries(findings.map((name) => [name, 1])) })
  })

  it('the old secret of a rotation, while both work', async () => {
    const secretId = await make('old', { lastUsedAt: ago(1) })
    const { secret } = await rotateSecret({ ctx: cast.owner, input: { clientId, secretId, overlap: '7d' } })
    await db().clientSecret.update({ where: { id: secretId }, data: { expiresAt: null } })
    expect((await list({ finding: 'replaced' })).credentials).toMatchObject([{ id: secretId, replacedBy: secret.hint }])
    await db().clientSecret.update({ where: { id: secret.id }, data: { revokedAt: new Date() } })
    expect((await list({ finding: 'replaced' })).credentials).toEqual([])
  })

  it('nothing of what no longer works, of deleted clients, and of other teams', async () => {
    await make('revoked', { revokedAt: ago(1) })
    await make('expired', { expiresAt: ago(1) })
    const gone = await makeClientRow(cast.teamId)
    await db().client.update({ where: { id: gone }, data: { type: 'confidential' } })
    await make('gone', {}, gone)
    await db().client.update({ where: { id: gone }, data: { deletedAt: new Date() } })
    await createClient({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, name: 'Theirs' } })
    expect(await list()).toMatchObject({ credentials: [], nextCursor: null, previousCursor: null, counts: { all: 0, any: 0 } })
  })

  it('tells no value and no hash', async () => {
    const { id, value } = await createSecret({ ctx: cast.owner, input: { clientId } })
    const [credential] = (await list()).credentials
    expect(credential?.id).toBe(id)
    expect(JSON.stringify(credential)).not.toContain(value)
    expect(Object.keys(credential ?? {}).join()).not.toMatch(/hash|value/)
  })
})

describe('order, filter and pages', () => {
  beforeEach(async () => {
    await make('fine', { createdAt: ago(10), lastUsedAt: ago(1), expiresAt: ago(-400) })
    await make('browser', { createdAt: ago(20), lastUsedAt: ago(2), browserSeenAt: ago(1) })
    await make('ending', { createdAt: ago(30), lastUsedAt: ago(3), expiresAt: ago(-3) })
    await make('ancient', { createdAt: ago(500), lastUsedAt: ago(400) })
    await make('new')
  })

  it.each([
    [{}, ['browser', 'ending', 'ancient', 'new', 'fine']],
    [{ direction: 'asc' }, ['fine', 'new', 'ancient', 'ending', 'browser']],
    [{ sort: 'created' }, ['ancient', 'ending', 'browser', 'fine', 'new']],
    [{ sort: 'used' }, ['new', 'ancient', 'ending', 'browser', 'fine']],
    [{ finding: 'any' }, ['browser', 'ending', 'ancient', 'new']],
    [{ finding: 'unused' }, ['ancient']],
    [{ search: 'end' }, ['ending']],
    [{ search: '%' }, []],
    [{ search: 'shop', finding: 'old' }, ['ancient']],
  ] satisfies [Partial<ListCredentialsInput>, string[]][])('%j', async (input, expected) => {
    expect(labels(await list(input))).toEqual(expected)
  })

  it('by expiry and by client', async () => {
    expect(labels(await list({ sort: 'expires' })).slice(0, 2)).toEqual(['ending', 'fine'])
    await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'a first one' } })
    expect((await list({ sort: 'client' })).credentials[0]?.client.name).toBe('a first one')
  })

  it.each(['finding', 'client', 'created', 'used', 'expires'] as const)('forwards and back by %s, each once', async (sort) => {
    const whole = labels(await list({ sort }))
    let page = await list({ sort, limit: 2 })
    const forwards = labels(page)
    while (page.nextCursor) {
      page = await list({ sort, limit: 2, cursor: page.nextCursor })
      forwards.push(...labels(page))
    }
    expect(forwards).toEqual(whole)
    const back = await list({ sort, limit: 2, cursor: page.previousCursor ?? '' })
    expect(labels(back)).toEqual(whole.slice(2, 4))
    expect(labels(await list({ sort, limit: 2, cursor: back.previousCursor ?? '' }))).toEqual(whole.slice(0, 2))
  })

  it('refuses cursors of another order, and what is no cursor', async () => {
    const { nextCursor } = await list({ limit: 2 })
    expect(await outcome(list({ sort: 'used', cursor: nextCursor ?? '' }))).toBe('validation_failed')
    for (const cursor of ['x', "'; DROP", Buffer.from('["client",true,false,"\\u0000","sec_x"]').toString('base64url')])
      expect(await outcome(list({ sort: 'client', cursor }))).toBe('validation_failed')
  })
})
