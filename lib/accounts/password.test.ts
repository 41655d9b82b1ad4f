import { describe, expect, it } from 'vitest'
import { bcryptInput, comparePassword, hashPassword } from './password.ts'
import { PasswordPool } from './password-pool.ts'
import { passwordProblem } from './password-rules.ts'

describe('hashing', () => {
  it('tells passwords of 73 bytes apart that differ in the last one', async () => {
    const base = 'x'.repeat(72)
    const hash = await hashPassword(`${base}a`)
    expect(await comparePassword(`${base}a`, hash)).toBe(true)
    expect(await comparePassword(`${base}b`, hash)).toBe(false)
    expect(await comparePassword(base, hash)).toBe(false)
  })

  it('does not stop at NUL', async () => {
    const hash = await hashPassword('before\0after!')
    expect(await comparePassword('before\0after?', hash)).toBe(false)
    expect(await comparePassword('before\0after!', hash)).toBe(true)
  })

  it('leaves 72 bytes as they are and takes composed and decomposed letters for the same', () => {
    expect(bcryptInput('x'.repeat(72))).toBe('x'.repeat(72))
    expect(bcryptInput('é'.repeat(37))).toHaveLength(44)
    expect(bcryptInput('cafe\u0301 de la gare')).toBe(bcryptInput('caf\u00e9 de la gare'))
  })

  it('never accepts for an account without a password', async () => {
    expect(await comparePassword('anything at all', null)).toBe(false)
  })

  it('does not hold up the event loop', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    await hashPassword('a password to hash')
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(5)
  })

  it('refuses when too many wait, and works again after', async () => {
    const pool = new PasswordPool(1)
    const all = Array.from({ length: 26 }, () => pool.compare('x', 'not a hash'))
    const results = await Promise.allSettled(all)
    const busy = results.filter((result) => result.status === 'rejected' && result.reason.code === 'busy')
    expect(busy).toHaveLength(2)
    expect(await pool.compare('x', '$2b$04$abcdefghijklmnopqrstuuO1Ir8cVOvWzXGJ7uA0lGZxXtnVJyQyO')).toBe(false)
  })
})

describe('rules', () => {
  it.each([
    ['', 'password_required'],
    ['short one', 'password_too_short'],
    ['x'.repeat(1001), 'password_too_long'],
    ['Password123', 'password_common'],
    ['1234567890', 'password_common'],
    ['abababababab', 'password_common'],
    ['my-ada@example.com', 'password_personal'],
    ['Ada@Lovelace!', 'password_personal'],
    ['adalovelace99', 'password_personal'],
  ])('refuses %j as %s', (password, code) => {
    expect(passwordProblem(password, ['ada@example.com', 'Lovelace', 'Ada Lovelace'])?.code).toBe(code)
  })

  it.each(['a rainy day in Utrecht', 'x1'.repeat(500).replace('x1', 'yz'), 'ÄÖÜäöü ß 漢字 🙂'])('accepts %j', (password) => {
    expect(passwordProblem(password, ['al@example.com', 'Al'])).toBeNull()
  })
})
