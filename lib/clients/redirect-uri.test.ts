import { describe, expect, it } from 'vitest'
import { looksNative, parseRedirectUri } from './redirect-uri.ts'

const web = { native: false }
const native = { native: true }

describe('redirect URIs of web clients', () => {
  it.each([
    ['https://app.example.com/cb', 'app.example.com', true],
    ['https://app.example.com', 'app.example.com', true],
    ['https://APP.Example.com./cb?x=%2f..', 'app.example.com', true],
    ['http://localhost:8080/', 'localhost', false],
    ['http://[::1]:3000/cb', '::1', false],
    ['http://127.0.0.1/cb', '127.0.0.1', false],
    ['https://xn--mnchen-3ya.de/cb', 'xn--mnchen-3ya.de', true],
    ['HTTPS://app.example.com/a?b=c&d', 'app.example.com', true],
  ])('takes %s', (uri, host, secure) => {
    expect(parseRedirectUri(uri, web)).toEqual({ kind: 'web', host, secure })
  })

  it.each([
    ['', 'uri_required'],
    [`https://example.com/${'a'.repeat(2000)}`, 'uri_too_long'],
    ['https://example.com/a b', 'uri_characters'],
    [' https://example.com/', 'uri_characters'],
    ['https://example.com/\n', 'uri_characters'],
    ['https://example.com/\u0000', 'uri_characters'],
    ['https://münchen.de/', 'uri_characters'],
    ['https:\\\\example.com', 'uri_characters'],
    ['https://example.com/#a', 'uri_fragment'],
    ['https://example.com/#', 'uri_fragment'],
    ['https://*.example.com/cb', 'uri_wildcard'],
    ['https://example.com/*', 'uri_wildcard'],
    ['https://user:pw@example.com/', 'uri_userinfo'],
    ['https://@example.com/', 'uri_userinfo'],
    ['/callback', 'uri_not_absolute'],
    ['//example.com/cb', 'uri_not_absolute'],
    ['example.com/cb', 'uri_not_absolute'],
    ['https:example.com/cb', 'uri_not_absolute'],
    ['https:/example.com/cb', 'uri_not_absolute'],
    ['https:///example.com/cb', 'uri_not_absolute'],
    ['https://', 'uri_not_absolute'],
    ['https://example.com:99999/', 'uri_not_absolute'],
    ['javascript:alert(1)', 'uri_not_absolute'],
    ['data:text/html,x', 'uri_not_absolute'],
    ['ftp://example.com/', 'uri_not_absolute'],
    ['com.example.app:/cb', 'uri_scheme_needs_native'],
  ])('refuses %j: %s', (uri, problem) => {
    expect(parseRedirectUri(uri, web)).toEqual({ problem })
  })
})

describe('redirect URIs of native clients', () => {
  it.each(['com.example.app:/cb', 'com.example.app://cb', 'http://127.0.0.1/cb', 'http://127.0.0.1:5000/cb', 'http://[::1]/cb'])(
    'takes %s without a domain',
    (uri) => {
      expect(parseRedirectUri(uri, native)).toEqual({ kind: 'native' })
      expect(looksNative(uri)).toBe(!uri.includes(':5000'))
    },
  )

  it('takes a claimed https address and localhost on a domain', () => {
    expect(parseRedirectUri('https://app.example.com/cb', native)).toEqual({ kind: 'web', host: 'app.example.com', secure: true })
    expect(parseRedirectUri('http://localhost/cb', native)).toEqual({ kind: 'web', host: 'localhost', secure: false })
  })

  it.each([
    ['myapp:/cb', 'uri_scheme_not_reverse_dns'],
    ['javascript:alert(1)', 'uri_scheme_not_reverse_dns'],
    ['com.example.app:cb', 'uri_scheme_path'],
    ['http://app.example.com/cb', 'uri_http_native'],
    ['https://127.0.0.1/cb', 'uri_https_loopback_native'],
    ['com.example.app:/cb#x', 'uri_fragment'],
  ])('refuses %j: %s', (uri, problem) => {
    expect(parseRedirectUri(uri, native)).toEqual({ problem })
  })
})
