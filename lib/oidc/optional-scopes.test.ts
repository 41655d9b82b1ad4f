import { describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { allowConsent } from '#lib/grants/index.ts'
import { setClientScopes } from '#lib/scopes/index.ts'
import { makeUser } from '#lib/testing/cast.ts'
import { getCode, makeClient, owner, redeem, refresh, type TestClient, useFlow } from './testing-flow.ts'

const SCOPES = ['openid', 'profile', 'email', 'offline_access']

async function clientWith(optional: string[]): Promise<TestClient> {
  const { id, secret, teamId } = await makeClient((await db().member.findFirstOrThrow({ where: { userId: userOf(owner) } })).teamId)
  await mark(id, optional)
  return { id, secret, teamId }
}

const mark = (clientId: string, optional: string[]) =>
  setClientScopes({ ctx: owner, input: { clientId, scopes: SCOPES.map((name) => ({ name, optional: optional.includes(name) })) } })

const userOf = ({ actor }: Ctx) => (actor as { userId: string }).userId

async function tester({ teamId }: TestClient): Promise<Ctx> {
  const person = await makeUser('tester')
  await db().member.create({ data: { teamId, userId: person.userId, roleId: 'rol_viewer' } })
  return person
}

/** What a log-in asked, and the scopes of the tokens that came of it. */
async function logIn(person: Ctx, client: TestClient) {
  const { browser, code, verifier, end } = await getCode(person, client)
  const { body } = code ? await redeem(code, verifier, client) : { body: {} as Record<string, unknown> }
  const scopes = String(body.scope ?? '').split(' ')
  return {
    prompts: browser.prompts,
    scopes,
    refreshToken: String(body.refresh_token ?? ''),
    error: end.location?.searchParams.get('error'),
  }
}

describe('optional scopes', () => {
  useFlow()

  it('that were declined are not granted, and not asked for again', async () => {
    const client = await clientWith(['email', 'offline_access'])
    const person = await tester(client)
    const declined = ['email', 'offline_access']
    await allowConsent({ ctx: person, input: { clientId: client.id, scopes: ['openid', 'profile'], declined } })
    const login = await logIn(person, client)
    expect(login.prompts).not.toContain('consent')
    expect(login.scopes.sort()).toEqual(['openid', 'profile'])
    expect(login.refreshToken).toBe('')
  })

  it('that the client has come to require are asked for', async () => {
    const client = await clientWith(['email'])
    const person = await tester(client)
    await allowConsent({
      ctx: person,
      input: { clientId: client.id, scopes: ['openid', 'profile', 'offline_access'], declined: ['email'] },
    })
    await mark(client.id, [])
    const login = await logIn(person, client)
    expect(login.prompts).toContain('consent')
    expect(login.scopes).toContain('email')
  })

  it('cannot be declined when they are required: the answer is as if nothing had been said', async () => {
    const client = await clientWith([])
    const person = await tester(client)
    const input = { clientId: client.id, scopes: ['openid'], declined: ['email'] }
    expect(await allowConsent({ ctx: person, input })).toEqual({ scopes: ['openid'], declined: [] })
    expect((await logIn(person, client)).prompts).toContain('consent')
  })

  it('declined later than allowed, end the tokens that carry them', async () => {
    const client = await clientWith(['email'])
    const person = await tester(client)
    const { refreshToken } = await logIn(person, client)
    await allowConsent({ ctx: person, input: { clientId: client.id, scopes: ['openid'], declined: ['email'] } })
    expect((await refresh(refreshToken, client)).body.error).toBe('invalid_grant')
    const again = await logIn(person, client)
    expect(again.prompts).not.toContain('consent')
    expect(again.scopes).not.toContain('email')
  })

  it('allowed after having been declined, are granted', async () => {
    const client = await clientWith(['email'])
    const person = await tester(client)
    await allowConsent({
      ctx: person,
      input: { clientId: client.id, scopes: ['openid', 'profile', 'offline_access'], declined: ['email'] },
    })
    const answer = await allowConsent({ ctx: person, input: { clientId: client.id, scopes: ['email'] } })
    expect(answer).toEqual({ scopes: ['email', 'offline_access', 'openid', 'profile'], declined: [] })
    expect((await logIn(person, client)).scopes).toContain('email')
  })
})
