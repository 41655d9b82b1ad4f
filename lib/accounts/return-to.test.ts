import { describe, expect, it } from 'vitest'
import { safeReturnTo, safeSitePath } from './return-to.ts'

describe('safeReturnTo', () => {
  it.each([
    ['/clients', '/clients'],
    ['/clients/cl_1?tab=secrets&x=%2F%2F#top', '/clients/cl_1?tab=secrets&x=%2F%2F#top'],
    ['/interaction/abc', '/interaction/abc'],
    ['/loginhelp', '/loginhelp'],
    ['/clients/../team', '/team'],
    ['/clients?next=https://evil.example', '/clients?next=https://evil.example'],
  ])('keeps %j', (value, expected) => {
    expect(safeReturnTo(value)).toBe(expected)
  })

  it.each([
    ['//evil.example'],
    ['///evil.example'],
    ['/\\evil.example'],
    ['\\/evil.example'],
    ['/clients\\..\\..//evil.example'],
    ['/\t/evil.example'],
    ['/\n/evil.example'],
    ['/..//evil.example'],
    ['/./\u0000/evil.example'],
    ['/.//evil.example'],
    ['/%2fevil.example'],
    ['/%2F%2Fevil.example'],
    ['/%5cevil.example'],
    ['/%09/evil.example'],
    ['/%zz'],
    ['https://evil.example/'],
    ['http:evil.example'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    [' /clients'],
    ['clients'],
    [''],
    ['/login'],
    ['/login?returnTo=/login'],
    ['/register'],
    ['/api/auth/signout'],
    [`/${'x'.repeat(2048)}`],
    [null],
    [undefined],
    [['/clients']],
    [{ toString: (): string => '/team' }],
  ])('refuses %j', (value) => {
    expect(safeReturnTo(value)).toBe('/clients')
  })

  it('differs from safeSitePath in pages that only lead on', () => {
    expect(safeSitePath('/login?returnTo=%2Fteam', '/')).toBe('/login?returnTo=%2Fteam')
    expect(safeSitePath('//evil.example', '/')).toBe('/')
    expect(safeSitePath('/csrf?returnTo=/csrf', '/')).toBe('/')
  })

  it('uses the given fallback', () => {
    expect(safeReturnTo('//evil.example', '/')).toBe('/')
  })
})
