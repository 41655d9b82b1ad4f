import { beforeEach, describe, expect, it } from 'vitest'
import { systemContext } from '#lib/context.ts'
import { db, pool } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ensureSigningKeys, listSigningKeys, rotateSigningKeys, signingKeys, tendSigningKeys } from './index.ts'

const DAY_MS = 86_400_000
const ctx = systemContext('test')
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
const published = async () => (await signingKeys()).keys.map(({ kid }) => kid as string)
const count = (state: 'next' | 'current' | 'previous' | 'retired') => db().signingKey.count({ where: { state } })

describe('tending the signing keys', () => {
  useTestDatabase()

  beforeEach(async () => {
    await db().signingKey.deleteMany()
    await ensureSigningKeys(pool())
  })

  it('publishes three keys ahead of each algorithm, once', async () => {
    expect(await tendSigningKeys()).toEqual({ rotated: false, published: 6, retired: 0 })
    expect(await tendSigningKeys()).toEqual({ rotated: false, published: 0, retired: 0 })
    expect(await count('next')).toBe(9)
  })

  it('so that three rotations in a row sign with nothing that a verifier has not seen', async () => {
    await tendSigningKeys()
    const seen = await published()
    for (let round = 0; round < 3; round++) {
      const { rotated } = await rotateSigningKeys({ ctx })
      expect(seen).toEqual(expect.arrayContaining(rotated.map(({ current }) => current)))
    }
  })

  it.each([
    [89, false],
    [91, true],
  ])('rotates on schedule: keys that have signed for %i days: %s', async (days, rotated) => {
    expect(await tendSigningKeys({ now: inDays(days) })).toMatchObject({ rotated })
    expect(await count('current')).toBe(3)
  })

  it('keeps verifying for a month, then forgets the key and its private half', async () => {
    const [first] = (await rotateSigningKeys({ ctx })).rotated
    const old = first?.previous as string
    await tendSigningKeys({ now: inDays(30) })
    expect(await published()).toContain(old)
    expect(await tendSigningKeys({ now: inDays(32) })).toMatchObject({ retired: 3 })
    expect(await published()).not.toContain(old)
    await tendSigningKeys({ now: inDays(33) })
    expect(await db().signingKey.findUnique({ where: { kid: old } })).toBeNull()
  })

  it('stops publishing a compromised key at once, and all older ones', async () => {
    const [older] = (await rotateSigningKeys({ ctx })).rotated
    const [leaked] = (await rotateSigningKeys({ ctx, input: { compromised: true } })).rotated
    const kids = await published()
    expect(kids).not.toContain(older?.previous)
    expect(kids).not.toContain(leaked?.previous)
    expect(kids).toContain(leaked?.current)
  })

  it('lists keys without any key material, for operators only', async () => {
    const listed = await listSigningKeys({ ctx })
    expect(listed.map(({ alg, state }) => `${alg} ${state}`)).toEqual([
      'EdDSA current',
      'EdDSA next',
      'ES256 current',
      'ES256 next',
      'RS256 current',
      'RS256 next',
    ])
    expect(JSON.stringify(listed)).not.toMatch(/Jwk|"n"|"x"/)
    await expect(listSigningKeys({ ctx: { ...ctx, actor: { kind: 'nobody' } } })).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
