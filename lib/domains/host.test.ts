import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLocalHost, normalizeHost, parseHost, splitHostMode } from './host.ts'

describe('parseHost', () => {
  it.each([
    ['example.com', 'example.com', false],
    ['  App.Example.COM. ', 'app.example.com', false],
    ['münchen.example.de', 'xn--mnchen-3ya.example.de', false],
    ['日本。jp', 'xn--wgv71a.jp', false],
    ['my_app.example.com', 'my_app.example.com', false],
    ['foo.github.io', 'foo.github.io', false],
    ['app.example.test', 'app.example.test', false],
    ['localhost', 'localhost', true],
    ['App.Localhost', 'app.localhost', true],
    ['192.168.1.20', '192.168.1.20', true],
    ['127.0.0.1', '127.0.0.1', true],
    ['[::1]', '::1', true],
    ['::1', '::1', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['FD00::0001', 'fd00::1', true],
    ['8.8.8.8', '8.8.8.8', false],
    ['2001:DB8:0::1', '2001:db8::1', false],
  ])('takes %s as %s', (text, host, local) => {
    expect(parseHost(text)).toEqual({ host, local })
  })

  it.each([
    ['', 'host_required'],
    ['   ', 'host_required'],
    ['https://example.com', 'host_scheme'],
    ['https://example.com/x', 'host_scheme'],
    ['user@example.com', 'host_userinfo'],
    ['example.com/x', 'host_path'],
    ['example.com?x', 'host_path'],
    ['example.com\\x', 'host_path'],
    ['example.com:443', 'host_port'],
    ['example.com:', 'host_port'],
    ['[::1]:80', 'host_port'],
    ['exa mple.com', 'host_space'],
    ['*.example.com', 'host_wildcard'],
    ['com', 'host_public_suffix'],
    ['co.uk', 'host_public_suffix'],
    ['github.io', 'host_public_suffix'],
    ['example..com', 'host_invalid'],
    ['localhost..', 'host_invalid'],
    ['example.com.。', 'host_invalid'],
    ['-example.com', 'host_invalid'],
    ['example-.com', 'host_invalid'],
    [`${'a'.repeat(64)}.com`, 'host_invalid'],
    [`${'abcdefgh.'.repeat(29)}com`, 'host_invalid'],
    ['ex%61mple.com', 'host_invalid'],
    ['0x7f.1', 'host_invalid'],
    ['010.0.0.1', 'host_invalid'],
    ['fe80::1%eth0', 'host_invalid'],
    ['exam\u0000ple.com', 'host_invalid'],
    ['exam\u200dple.com', 'host_invalid'],
  ])('refuses %j as %s', (text, problem) => {
    expect(parseHost(text)).toEqual({ problem })
  })
})

describe('normalizeHost', () => {
  it('has one form for all spellings, does not trim, and null for what is no host', () => {
    expect(normalizeHost('EXAMPLE.com.')).toBe('example.com')
    expect(normalizeHost('com')).toBe('com')
    for (const text of [' example.com', 'example.com:8080', 'https://example.com', 'user@example.com', ''])
      expect(normalizeHost(text)).toBeNull()
  })

  it('is its own fixed point', () => {
    for (const text of ['münchen.de', '::ffff:1.2.3.4', '[2001:db8::1]', 'A.b.C.']) {
      const once = normalizeHost(text) ?? ''
      expect(normalizeHost(once)).toBe(once)
    }
  })
})

it('takes what is in its form already as it is: the long way round gives the same', () => {
  const label = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
  const text = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
  fc.assert(
    fc.property(text, (host) => {
      // A trailing dot is not the stored form.
      expect(normalizeHost(host)).toBe(normalizeHost(`${host}.`))
    }),
    { numRuns: 2_000 },
  )
})

it('knows what is local', () => {
  for (const host of ['10.1.2.3', '172.16.0.1', '169.254.1.1', 'fe80::1']) expect(isLocalHost(host)).toBe(true)
  for (const host of ['notlocalhost', 'localhost.example.com', '172.32.0.1', '1.1.1.1']) expect(isLocalHost(host)).toBe(false)
})

it('splits a mode from a host', () => {
  expect(splitHostMode('app.example.com:live')).toEqual({ host: 'app.example.com', mode: 'live' })
  expect(splitHostMode('localhost:TEST')).toEqual({ host: 'localhost', mode: 'test' })
  expect(splitHostMode('[::1]:test')).toEqual({ host: '[::1]', mode: 'test' })
  expect(splitHostMode('example.com')).toEqual({ host: 'example.com', mode: 'test' })
  expect(splitHostMode('example.com:production').host).toBe('example.com:production')
})
