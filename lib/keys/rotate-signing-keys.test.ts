import { beforeAll, describe, expect, it } from 'vitest'
import { type Ctx, systemContext } from '#lib/context.ts'
import { db, pool } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ensureSigningKeys, rotateSigningKeys, signingKeys } from './index.ts'

const user = (isOperator: boolean): Ctx => ({
  ...systemContext('test'),
  actor: { kind: 'user', userId: 'usr_x', sub: '1', email: 'x@example.com', isOperator, sessionId: 'ses_x' },
})

describe('signing keys', () => {
  useTestDatabase()

  beforeAll(() => ensureSigningKeys(pool()))

  it('are one current and one next of each algorithm, and making sure twice makes no more', async () => {
    await ensureSigningKeys(pool())
    const rows = await db().signingKey.findMany({ select: { alg: true, state: true } })
    expect(rows.map(({ alg, state }) => `${alg} ${state}`).sort()).toEqual(
      ['ES256 current', 'ES256 next', 'EdDSA current', 'EdDSA next', 'RS256 current', 'RS256 next'].sort(),
    )
  })

  it('publish the next key before it signs', async () => {
    const before = await signingKeys()
    const { rotated } = await rotateSigningKeys({ ctx: systemContext('test') })
    const after = await signingKeys()
    for (const { current, previous } of rotated) {
      expect(before.keys.map((key) => key.kid)).toContain(current)
      expect(after.keys.map((key) => key.kid)).toContain(previous)
    }
    expect(after.keys.slice(0, 3).map((key) => key.kid)).toEqual(rotated.map((entry) => entry.current))
    expect(after.keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining(before.keys.map(({ kid }) => kid)))
    // Of each algorithm: one that signs, three ahead, one that only verifies.
    expect(after.keys).toHaveLength(15)
  })

  it('survive parallel rotations with one current and one next each', async () => {
    await Promise.all([1, 2, 3].map(() => rotateSigningKeys({ ctx: systemContext('test') })))
    expect(await db().signingKey.count({ where: { state: 'current' } })).toBe(3)
    expect(await db().signingKey.count({ where: { state: 'next' } })).toBe(9)
  })

  it('have no private part in plain in the database', async () => {
    const rows = await db().signingKey.findMany()
    for (const row of rows) {
      expect(JSON.stringify(row.publicJwk)).not.toMatch(/"(d|p|q|dp|dq|qi)":/)
      expect(Buffer.from(row.privateJwk).toString('latin1')).not.toContain('"kty"')
    }
  })

  it('rotate for operators and the system only', async () => {
    await expect(rotateSigningKeys({ ctx: user(true) })).resolves.toBeDefined()
    await expect(rotateSigningKeys({ ctx: user(false) })).rejects.toMatchObject({ code: 'not_found' })
    await expect(rotateSigningKeys({ ctx: { ...systemContext('x'), actor: { kind: 'nobody' } } })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })
})
