import { describe, expect, it } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { isTheme, preferenceCookie, returnAddress } from './preferences.ts'
import { isSameOrigin } from './same-origin.ts'

setSingleton('env', parseEnv({ ...TEST_ENV, PUBLIC_URL: 'https://login.example.com' }))

describe('returnAddress', () => {
  it.each([
    ['https://login.example.com/clients?q=a', '/x', 'https://login.example.com/clients?q=a'],
    ['https://login.example.com/clients#part', '/x', 'https://login.example.com/clients'],
    [null, '/x', 'https://login.example.com/x'],
    ['https://evil.example/clients', '/x', 'https://login.example.com/x'],
    ['https://login.example.com.evil.example/', '/x', 'https://login.example.com/x'],
    ['http://login.example.com/clients', '/x', 'https://login.example.com/x'],
    ['not a url', '/x', 'https://login.example.com/x'],
    ['https://login.example.com//evil.example/', '/x', 'https://login.example.com//evil.example/'],
  ])('%s and %s lead to %s', (referer, returnTo, expected) => {
    const address = returnAddress(referer, returnTo)
    expect(address).toBe(expected)
    expect(new URL(address).origin).toBe('https://login.example.com')
  })
})

describe('isSameOrigin', () => {
  it.each<[Record<string, string>, boolean]>([
    [{ origin: 'https://login.example.com' }, true],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'http://login.example.com' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{}, false],
  ])('%o is %s', (headers, expected) => {
    expect(isSameOrigin(new Headers(headers))).toBe(expected)
  })
})

describe('preferenceCookie', () => {
  it('is kept from scripts and from plain http', () => {
    expect(preferenceCookie('theme', 'dark')).toBe('theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure')
  })

  it('knows its themes only', () => {
    expect(['system', 'light', 'dark', 'Dark', 'x; Path=/', undefined, null].map(isTheme)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})
