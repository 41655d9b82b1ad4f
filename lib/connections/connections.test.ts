import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { type Cast, makeCast, makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { getUserInfo, listConnections, type Reach, reachPerson } from './index.ts'
import { connect, makeApiClient, subOf, type TestClient } from './testing.ts'

useTestDatabase()

let cast: Cast
let live: TestClient
let test: TestClient

beforeAll(async () => {
  cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  live = await makeApiClient(cast.teamId, { mode: 'live' })
  test = await makeApiClient(cast.teamId)
})

function reach(sub: string, client = live, changes: Partial<Reach> & { scope?: string } = {}) {
  const { scope, ...narrower } = changes
  return outcome(reachPerson(client.ctx, { reach: { ...client.reach, ...narrower }, sub, ...(scope ? { scope } : {}) }))
}

describe('whom a client reaches', () => {
  it('reaches who allowed it', async () => {
    const sub = await connect(await makeUser('ann'), live, ['openid', 'email'])
    expect(await reachPerson(live.ctx, { reach: live.reach, sub })).toMatchObject({ sub, scopes: ['email', 'openid'] })
  })

  it.each([
    ['someone who never connected', async () => subOf(await makeUser('stranger'))],
    ["another client's user", async () => connect(await makeUser('other'), await makeApiClient(cast.strangerTeamId, { mode: 'live' }))],
    ['nobody', async () => '123456789012345'],
    ['what is no sub', async () => 'x\0y'],
  ])('answers user_not_found for %s', async (_who, sub) => {
    expect(await reach(await sub())).toBe('user_not_found')
  })

  it('answers user_not_found for a disabled person', async () => {
    const person = await makeUser('gone')
    const sub = await connect(person, live)
    await db().user.update({ where: { sub }, data: { disabledAt: new Date() } })
    expect(await reach(sub)).toBe('user_not_found')
  })

  it('answers consent_required after the consent was taken back, and again after a new one', async () => {
    const person = await makeUser('back')
    const sub = await connect(person, live)
    await takeBackConsent({ ctx: person, input: { clientId: live.id } })
    expect(await reach(sub)).toBe('consent_required')
    await connect(person, live)
    expect(await reach(sub)).toBe('ok')
    await takeBackConsent({ ctx: person, input: { clientId: live.id } })
    expect(await reach(sub)).toBe('consent_required')
  })

  it.each([
    ['allowed it', ['openid', 'useraddresses'], {}, 'ok'],
    ['did not allow it', ['openid'], {}, 'consent_required'],
    ['allowed it, but the client lost it', ['openid', 'useraddresses'], { scopes: ['openid'] }, 'scope_not_granted'],
  ])('with a scope, when the person %s', async (_what, allowed, changes, expected) => {
    const sub = await connect(await makeUser('scoped'), live, allowed)
    expect(await reach(sub, live, { ...changes, scope: 'useraddresses' })).toBe(expected)
  })

  it('with a user token reaches that person only', async () => {
    const [one, two] = [await connect(await makeUser('one'), live), await connect(await makeUser('two'), live)]
    expect(await reach(one, live, { onlySub: one })).toBe('ok')
    expect(await reach(two, live, { onlySub: one })).toBe('user_not_found')
  })

  it('in test mode reaches members of the team and proven test users only', async () => {
    const guest = await makeUser('guest')
    const sub = await connect(guest, test)
    expect(await reach(await connect(cast.viewer, test), test)).toBe('ok')
    expect(await reach(sub, test)).toBe('user_not_found')
    await db().testUser.create({ data: { clientId: test.id, email: guest.email } })
    expect(await reach(sub, test)).toBe('user_not_found')
    await db().user.update({ where: { sub }, data: { emailVerifiedAt: new Date() } })
    expect(await reach(sub, test)).toBe('ok')
  })
})

describe('who may ask', () => {
  it.each([
    ['the client', () => live.ctx, 'ok'],
    ['another client', () => test.ctx, 'not_found'],
    ['the owner, who has pages for this', () => cast.owner, 'not_found'],
    ['nobody', () => cast.nobody, 'unauthenticated'],
  ] as [string, () => Ctx, string][])('%s', async (_who, ctx, expected) => {
    const sub = await connect(await makeUser('asked'), live)
    expect(await outcome(reachPerson(ctx(), { reach: live.reach, sub }))).toBe(expected)
    expect(await outcome(listConnections({ ctx: ctx(), input: { reach: live.reach, limit: 1 } }))).toBe(expected)
  })
})

describe('what is told of a person', () => {
  it('tells only what the allowed scopes cover', async () => {
    const person = await makeUser('Ada Lovelace')
    const sub = await connect(person, live, ['openid'])
    const ask = () => getUserInfo({ ctx: live.ctx, input: { reach: live.reach, sub, socials: true } })
    expect(await ask()).toEqual({
      sub, name: null, given_name: null, family_name: null, email: null, email_verified: null, picture: null,
      birth_date: null, gender: null, second_email: null, country: null, socials: [],
    }) // biome-ignore format: one line a group
    await connect(person, live, ['profile', 'email'])
    expect(await ask()).toMatchObject({
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: person.email,
      email_verified: false,
    })
  })

  it('tells the extra fields with userinfo, and socials when asked', async () => {
    const person = await makeUser('rich')
    const sub = await connect(person, live)
    const data = { birthdate: '1990-02-03', gender: 'x', secondEmail: 'second@example.test', country: 'NL' }
    await db().user.update({ where: { sub }, data })
    await db().externalAccount.create({
      data: { provider: 'github', providerAccountId: sub, userId: person.userId, email: 'gh@example.test' },
    })
    const ask = (socials: boolean) => getUserInfo({ ctx: live.ctx, input: { reach: live.reach, sub, socials } })
    expect(await ask(false)).toMatchObject({ birth_date: '1990-02-03', gender: 'x', second_email: 'second@example.test', socials: [] })
    expect((await ask(true)).socials).toEqual([{ provider: 'github', email: 'gh@example.test' }])
    expect((await ask(false)).country).toMatchObject({ short_name: 'NL', name: 'Netherlands', phonecode: '+31', is_eu_member: true })
  })
})

describe('the list', () => {
  it('goes newest first, page by page, without gaps or repetitions', async () => {
    const client = await makeApiClient(cast.teamId, { mode: 'live' })
    const subs: string[] = []
    for (let index = 0; index < 7; index++) subs.unshift(await connect(await makeUser(`p${index}`), client))
    // Several in one millisecond must not fall between two pages.
    await db().consent.updateMany({
      where: { clientId: client.id, user: { sub: { in: subs.slice(2, 5) } } },
      data: { createdAt: new Date(0) },
    })
    const seen: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const page = await listConnections({ ctx: client.ctx, input: { reach: client.reach, limit: 2, cursor } })
      seen.push(...page.users.map(({ sub }) => sub))
      cursor = page.nextCursor ?? undefined
      pages++
    } while (cursor)
    expect(pages).toBe(4)
    expect([...seen].sort()).toEqual([...subs].sort())
    expect(seen.slice(0, 4)).toEqual([subs[0], subs[1], subs[5], subs[6]])
  })

  it('refuses a cursor of another client, of the other mode, or made up', async () => {
    for (const name of ['q', 'r']) await connect(await makeUser(name), live)
    const { nextCursor } = await listConnections({ ctx: live.ctx, input: { reach: live.reach, limit: 1 } })
    const cursor = String(nextCursor)
    const ask = (client: TestClient, cursor: string, mode = client.reach.mode) =>
      outcome(listConnections({ ctx: client.ctx, input: { reach: { ...client.reach, mode }, limit: 1, cursor } }))
    expect(await ask(live, cursor)).toBe('ok')
    expect(await ask(test, cursor)).toBe('validation_failed')
    expect(await ask(live, cursor, 'test')).toBe('validation_failed')
    for (const bad of ['', 'x', `${cursor}A`, 'A'.repeat(40)].filter(Boolean)) expect(await ask(live, bad)).toBe('validation_failed')
  })

  it('in test mode lists testers only, and with a user token one person', async () => {
    const guest = await connect(await makeUser('guest'), test)
    const member = await connect(cast.developer, test)
    const subs = async (changes: Partial<Reach>) =>
      (await listConnections({ ctx: test.ctx, input: { reach: { ...test.reach, ...changes }, limit: 100 } })).users.map(({ sub }) => sub)
    expect(await subs({})).toContain(member)
    expect(await subs({})).not.toContain(guest)
    expect(await subs({ mode: 'live' })).toContain(guest)
    expect(await subs({ onlySub: member })).toEqual([member])
  })
})
