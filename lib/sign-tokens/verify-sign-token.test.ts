import { beforeAll, describe, expect, it } from 'vitest'
import { subOf, type TestClient } from '#lib/connections/testing.ts'
import { db } from '#lib/db.ts'
import { takeBackConsent } from '#lib/grants/index.ts'
import { makeUser, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { verifySignToken } from './index.ts'
import { answer, deliver, makeSignClients, startAt } from './testing.ts'

useTestDatabase()

let client: TestClient
let other: TestClient

beforeAll(async () => {
  ;({ client, other } = await makeSignClients())
})

function verify(token: string, using = client, changes: { domainId?: string; onlySub?: string; mode?: 'test' | 'live' } = {}) {
  const { domainId = using.domainId, ...narrower } = changes
  return verifySignToken({ ctx: using.ctx, input: { reach: { ...using.reach, ...narrower }, domainId, token } })
}

describe('the end', () => {
  it('says who came back', async () => {
    const person = await makeUser('Ada Lovelace')
    const result = await verify(await deliver(person, client))
    expect(result).toEqual({
      sub: subOf(person),
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: person.email,
      email_verified: false,
      picture: null,
    })
    expect((await db().consent.findFirstOrThrow({ where: { user: { sub: subOf(person) } } })).lastLoginAt).not.toBeNull()
  })

  it('answers token_invalid to the start token', async () => {
    const { token } = await startAt(client)
    expect(await outcome(verify(token))).toBe('token_invalid')
    await answer(await makeUser('start'), token)
    expect(await outcome(verify(token))).toBe('token_invalid')
    expect(await outcome(verify(token.replace('sgs_', 'sgd_')))).toBe('token_invalid')
  })

  it('works once, also for twenty at a time', async () => {
    const token = await deliver(await makeUser('race'), client)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(verify(token))))
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1)
    expect(outcomes.filter((code) => code === 'token_invalid')).toHaveLength(19)
  })

  it.each([
    ['another client', (token: string) => verify(token, other)],
    ['another domain of the client', (token: string) => verify(token, client, { domainId: 'dom_other' })],
    ['the other mode', (token: string) => verify(token, client, { mode: 'test' })],
    ["another person's access token", (token: string) => verify(token, client, { onlySub: '1' })],
  ])('answers token_invalid to %s, and is not used up by it', async (_who, run) => {
    const token = await deliver(await makeUser('foreign'), client)
    expect(await outcome(run(token))).toBe('token_invalid')
    expect(await outcome(verify(token))).toBe('ok')
  })

  it('answers token_invalid after five minutes', async () => {
    const token = await deliver(await makeUser('late'), client)
    await db().signToken.updateMany({ data: { verifyBefore: new Date(Date.now() - 1) } })
    expect(await outcome(verify(token))).toBe('token_invalid')
  })

  it('answers token_invalid once the person took the consent back, or is disabled', async () => {
    const [one, two] = [await makeUser('one'), await makeUser('two')]
    const [first, second] = [await deliver(one, client), await deliver(two, client)]
    await takeBackConsent({ ctx: one, input: { clientId: client.id } })
    await db().user.update({ where: { id: two.userId }, data: { disabledAt: new Date() } })
    expect(await outcome(verify(first))).toBe('token_invalid')
    expect(await outcome(verify(second))).toBe('token_invalid')
  })

  it.each(['', 'x', 'sgd_', `sgd_${'x'.repeat(500)}`, 'sgd_\0'])('answers an error to %j, never a person', async (token) => {
    expect(['token_invalid', 'validation_failed']).toContain(await outcome(verify(token)))
  })
})
