import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { env } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authSecret, csrfCookie, csrfCookieName, csrfTokenOf, issueCsrf, readCookie, sessionCookieName, verifyCsrf } from './index.ts'

useTestDatabase()

describe('CSRF tokens', () => {
  it("follow next-auth's scheme, so that both accept each other's", () => {
    const { cookieValue, token } = issueCsrf()
    expect(cookieValue).toBe(`${token}|${createHash('sha256').update(`${token}${authSecret()}`).digest('hex')}`)
    expect(verifyCsrf(cookieValue, token)).toBe(true)
    expect(readCookie(csrfCookie(cookieValue).split(';')[0], csrfCookieName(false))).toBe(cookieValue)
  })

  it('fit one browser only and cannot be made up', () => {
    const mine = issueCsrf()
    const other = issueCsrf()
    const made = `evil|${createHash('sha256').update('evil').digest('hex')}`
    expect(verifyCsrf(mine.cookieValue, other.token)).toBe(false)
    expect(verifyCsrf(made, 'evil')).toBe(false)
    expect(csrfTokenOf(made)).toBeNull()
    for (const value of [undefined, null, '', '|', 'x|', '|x', `${mine.cookieValue}|x`]) expect(verifyCsrf(value, mine.token)).toBe(false)
    for (const token of [undefined, null, '', ['x'], `${mine.token} `]) expect(verifyCsrf(mine.cookieValue, token)).toBe(false)
  })

  it('are kept under the names that next-auth uses', () => {
    expect([csrfCookieName(true), csrfCookieName(false)]).toEqual(['__Host-next-auth.csrf-token', 'next-auth.csrf-token'])
    expect([sessionCookieName(true), sessionCookieName(false)]).toEqual(['__Secure-next-auth.session-token', 'next-auth.session-token'])
  })

  it('are kept in cookies that only https carries when the site is https', () => {
    const plain = env()
    setSingleton('env', { ...plain, secure: true })
    const { cookieValue } = issueCsrf()
    expect(csrfCookie(cookieValue)).toMatch(/^__Host-next-auth\.csrf-token=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    setSingleton('env', plain)
    expect(csrfCookie(cookieValue)).not.toContain('Secure')
  })
})
