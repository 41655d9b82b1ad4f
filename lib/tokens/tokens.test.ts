import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect, makeApiClient, subOf, type TestClient } from '#lib/connections/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { findConsent, revokeClientTokens } from '#lib/grants/index.ts'
import { type Cast, makeCast, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listTokens, revokeToken, revokeUserTokens } from './index.ts'

useTestDatabase()

let cast: Cast
let client: TestClient
let other: TestClient

beforeAll(async () => {
  cast = await makeCast()
  await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
})

beforeEach(async () => {
  client = await makeApiClient(cast.teamId)
  other = await makeApiClient(cast.teamId)
})

type Artifact = {
  kind: string
  of?: string
  sub?: string | null
  grant?: Bytes
  scope?: string
  endsIn?: number
  at?: Date
  consumed?: boolean
}
type Bytes = Uint8Array<ArrayBuffer>

async function artifact({ kind, of = client.id, sub = null, grant, scope, endsIn = 600, at, consumed }: Artifact): Promise<Bytes> {
  const idHash = crypto.getRandomValues(new Uint8Array(32))
  const expiresAt = new Date(Date.now() + endsIn * 1000)
  await db().oidcArtifact.create({
    data: {
      idHash,
      kind,
      clientId: of,
      accountId: sub,
      grantHash: grant ?? null,
      scope: scope ?? null,
      payload: new Uint8Array(1),
      expiresAt,
      ...(at ? { createdAt: at } : {}),
      ...(consumed ? { consumedAt: new Date() } : {}),
    },
  })
  return idHash
}

/** One authorization with an access and a refresh token. */
async function authorize(person: Ctx, of = client, at?: Date): Promise<{ grant: Bytes; access: Bytes; refresh: Bytes }> {
  const sub = subOf(person)
  const dated = at ? { at } : {}
  const grant = await artifact({ kind: 'Grant', of: of.id, sub, endsIn: 86_400, ...dated })
  const shared = { of: of.id, sub, grant, scope: 'openid email', ...dated }
  const access = await artifact({ kind: 'AccessToken', ...shared })
  return { grant, access, refresh: await artifact({ kind: 'RefreshToken', endsIn: 3600, ...shared }) }
}

async function connected(name: string, scopes = ['openid', 'profile', 'email']): Promise<Ctx & { email: string }> {
  const person = await makeUser(name)
  await connect(person, client, scopes)
  return person
}

const alive = async (...hashes: Bytes[]) => db().oidcArtifact.count({ where: { idHash: { in: hashes } } })
const list = (input: object = {}, ctx = cast.owner) => listTokens({ ctx, input: { clientId: client.id, ...input } })
const firstReference = async () => (await list()).authorizations[0]?.reference ?? ''

describe('tokens of a client', () => {
  it.each([
    ['owner', 'ok', 'ok'],
    ['developer', 'ok', 'ok'],
    ['viewer', 'ok', 'permission_denied'],
    ['stranger', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok'],
  ] as const)('%s: read %s, revoke %s', async (actor, read, revoke) => {
    const [a, b] = [await connected('a'), await connected('b')]
    await authorize(a)
    const reference = await firstReference()
    await authorize(b)
    const ctx = cast[actor]
    expect(await outcome(list({}, ctx))).toBe(read)
    expect(await outcome(revokeToken({ ctx, input: { clientId: client.id, reference } }))).toBe(revoke)
    expect(await outcome(revokeUserTokens({ ctx, input: { clientId: client.id, sub: subOf(b) } }))).toBe(revoke)
    expect((await list()).authorizations).toHaveLength(revoke === 'ok' ? 0 : 2)
  })

  it('are records about people: a member who may only see clients does not see them', async () => {
    const member = await makeMember(cast.teamId, ['clients.read'])
    await expect(list({}, member)).rejects.toMatchObject({ params: { permission: 'logs.read' } })
    const limited = await makeMember(cast.teamId, ['clients.read', 'logs.read', 'tokens.revoke'], [other.id])
    expect(await outcome(list({}, limited))).toBe('not_found')
    expect(await outcome(revokeUserTokens({ ctx: limited, input: { clientId: client.id, sub: '1' } }))).toBe('not_found')
  })

  it('are listed by authorization, as far as they are alive, without a hash of any', async () => {
    const person = await connected('ada')
    const { grant, access, refresh } = await authorize(person)
    const spent = await artifact({ kind: 'Grant', sub: subOf(person), endsIn: 86_400 })
    await artifact({ kind: 'AccessToken', sub: subOf(person), grant: spent, endsIn: -1 })
    await artifact({ kind: 'RefreshToken', sub: subOf(person), grant: spent, consumed: true })
    const ended = await artifact({ kind: 'Grant', sub: subOf(person), endsIn: -1 })
    await artifact({ kind: 'AccessToken', sub: subOf(person), grant: ended })
    await authorize(await makeUser('elsewhere'), other)

    const page = await list()
    expect(page.authorizations).toMatchObject([
      { sub: subOf(person), name: 'ada', email: person.email, scopes: ['openid', 'email'], kinds: ['access', 'refresh'] },
    ])
    const text = JSON.stringify(page)
    for (const hash of [grant, access, refresh]) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) expect(text).not.toContain(Buffer.from(hash).toString(encoding))
    }
  })

  it('tell of a person only what they let the client know, also by a search', async () => {
    const shy = await connected('shy', ['openid'])
    const open = await connected('open')
    await Promise.all([authorize(shy), authorize(open)])
    const row = (await list()).authorizations.find(({ sub }) => sub === subOf(shy))
    expect(row).toMatchObject({ name: null, email: null })
    expect((await list({ search: shy.email })).authorizations).toEqual([])
    expect((await list({ search: 'shy' })).authorizations).toEqual([])
    expect((await list({ search: subOf(shy) })).authorizations).toHaveLength(1)
    expect((await list({ search: open.email.toUpperCase() })).authorizations).toMatchObject([{ sub: subOf(open) }])
    expect((await list({ search: 'PE' })).authorizations).toMatchObject([{ sub: subOf(open) }])
    expect((await list({ search: '%' })).authorizations).toEqual([])
    expect((await list({ search: "a\0'; --" })).authorizations).toEqual([])
    // A scope that the client has lost since discloses no more.
    await db().clientScope.deleteMany({ where: { clientId: client.id, scopeName: { in: ['email', 'userinfo'] } } })
    expect((await list({ search: open.email })).authorizations).toEqual([])
    expect((await list({ search: subOf(open) })).authorizations).toMatchObject([{ name: 'open', email: null }])
  })

  it('come in pages that neither repeat nor leave out, also at one moment', async () => {
    const person = await connected('many')
    const at = new Date()
    for (let index = 0; index < 5; index++) await authorize(person, client, at)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.authorizations.map(({ issuedAt }) => issuedAt))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toHaveLength(5)
    await expect(list({ cursor: 'made-up' })).rejects.toMatchObject({ fields: [{ path: 'cursor' }] })
  })

  it('are revoked one at a time: the family goes, the others and the consent stay', async () => {
    const person = await connected('two')
    const first = await authorize(person, client, new Date(Date.now() - 60_000))
    const second = await authorize(person)
    const reference = await firstReference()
    expect(await revokeToken({ ctx: cast.owner, input: { clientId: client.id, reference } })).toEqual({ ended: 2 })
    expect(await alive(second.grant, second.access, second.refresh)).toBe(0)
    expect(await alive(first.grant, first.access, first.refresh)).toBe(3)
    expect(await findConsent(subOf(person), client.id)).not.toBeNull()
    expect(await outcome(revokeToken({ ctx: cast.owner, input: { clientId: client.id, reference } }))).toBe('not_found')
    const event = await db().auditEvent.findFirstOrThrow({ where: { action: 'client.token_revoked', targetId: client.id } })
    expect(event.after).toEqual({ sub: subOf(person), revoked: 2 })
  })

  it('of another client are not reached by a reference or a sub', async () => {
    const person = await connected('both')
    const mine = await authorize(person)
    const theirs = await authorize(person, other)
    const reference = await firstReference()
    for (const tried of [reference, `${reference}A`, '', 'x'.repeat(300)]) {
      expect(await outcome(revokeToken({ ctx: cast.owner, input: { clientId: other.id, reference: tried } }))).toBe('not_found')
    }
    expect(await revokeUserTokens({ ctx: cast.owner, input: { clientId: client.id, sub: subOf(person) } })).toMatchObject({ ended: 3 })
    expect([await alive(mine.grant, mine.access), await alive(theirs.grant, theirs.access)]).toEqual([0, 2])
    expect(await outcome(revokeUserTokens({ ctx: cast.owner, input: { clientId: client.id, sub: "1' OR 1=1\0" } }))).toBe('not_found')
  })

  it('of the application itself are listed and revoked apart from people’s', async () => {
    const person = await connected('human')
    const family = await authorize(person)
    const own = [await artifact({ kind: 'ClientCredentials', scope: 'openid' }), await artifact({ kind: 'ClientCredentials' })]
    await artifact({ kind: 'ClientCredentials', endsIn: -1 })
    const { applicationTokens, authorizations } = await list({ kind: 'application' })
    expect([applicationTokens.length, authorizations.length]).toEqual([2, 0])
    const reference = applicationTokens[0]?.reference ?? ''
    expect(await revokeToken({ ctx: cast.owner, input: { clientId: client.id, reference } })).toEqual({ ended: 1 })
    expect(await alive(...own)).toBe(1)
    const all = (name: string) => revokeClientTokens({ ctx: cast.owner, input: { clientId: client.id, only: 'client_credentials', name } })
    await expect(all('Another name')).rejects.toMatchObject({ fields: [{ path: 'name', code: 'name_mismatch' }] })
    await all('Shop')
    expect([await alive(...own), await alive(family.grant, family.access, family.refresh)]).toEqual([0, 3])
    await revokeClientTokens({ ctx: cast.owner, input: { clientId: client.id, name: ' Shop ' } })
    expect(await alive(family.grant, family.access, family.refresh)).toBe(0)
  })

  it('are found behind more ended authorizations than one page looks through', async () => {
    const person = await connected('old')
    await authorize(person, client, new Date(Date.now() - 3_600_000))
    await db().$executeRaw`
      INSERT INTO oidc_artifacts (id_hash, kind, client_id, account_id, payload, expires_at)
      SELECT sha256(convert_to(n::text, 'UTF8')), 'Grant', ${client.id}, ${subOf(person)}, '', now() + interval '1 day'
      FROM generate_series(1, 2500) n`
    const first = await list()
    expect([first.authorizations, first.nextCursor]).toEqual([[], expect.any(String)])
    const second = await list({ cursor: first.nextCursor })
    expect([second.authorizations.length, second.nextCursor]).toEqual([1, null])
  })
})
