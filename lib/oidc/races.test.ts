import { describe, expect, it } from 'vitest'
import { getCode, redeem, refresh, tokens, useFlow, userinfo } from './testing-flow.ts'

useFlow()

describe('races', () => {
  // Several rounds: the losers end the family at every moment of the winner's way, and the winner must still be answered.
  it.each([1, 2, 3, 4, 5])('20 redemptions of one code give one success, and its family is dead (%i)', async () => {
    const { code, verifier } = await getCode()
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(code, verifier)))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    expect(await userinfo(String(good[0]?.body.access_token))).toBe(401)
    expect((await refresh(String(good[0]?.body.refresh_token))).body.error).toBe('invalid_grant')
  })

  it.each([1, 2, 3, 4, 5])('20 refreshes of one token give one success, and its family is dead (%i)', async () => {
    const { refresh: token } = await tokens()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    expect((await refresh(String(good[0]?.body.refresh_token))).body.error).toBe('invalid_grant')
  })

  it('a replayed code ends the family of its first redemption', async () => {
    const { code, verifier } = await getCode()
    const first = await redeem(code, verifier)
    expect(await userinfo(String(first.body.access_token))).toBe(200)
    await redeem(code, verifier)
    expect(await userinfo(String(first.body.access_token))).toBe(401)
  })

  it('one family ending leaves the others of the same person alone', async () => {
    const [a, b] = [await tokens(), await tokens()]
    await refresh(a.refresh)
    await refresh(a.refresh)
    expect(await userinfo(a.access)).toBe(401)
    expect(await userinfo(b.access)).toBe(200)
  })
})
