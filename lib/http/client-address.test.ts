import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { canonicalIp, cidrList, clientAddress } from './client-address.ts'

const request = (remoteAddress: string, headers: Record<string, string> = {}, encrypted = false) =>
  ({ socket: { remoteAddress, encrypted }, headers }) as unknown as IncomingMessage

describe('the caller’s address', () => {
  const trusted = cidrList(['10.0.0.0/8', '::1', '127.0.0.1'])

  it.each([
    ['the socket, without proxies', '203.0.113.9', {}, '203.0.113.9'],
    ['not what a stranger claims', '203.0.113.9', { 'x-forwarded-for': '1.2.3.4' }, '203.0.113.9'],
    ['what a trusted proxy says', '10.1.1.1', { 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9'],
    ['the last untrusted hop, not what it claims', '10.1.1.1', { 'x-forwarded-for': '1.2.3.4, 203.0.113.9' }, '203.0.113.9'],
    ['past several trusted proxies', '10.1.1.1', { 'x-forwarded-for': '203.0.113.9, 10.2.2.2' }, '203.0.113.9'],
    ['the proxy itself, when the list is nonsense', '10.1.1.1', { 'x-forwarded-for': 'unknown' }, '10.1.1.1'],
    ['IPv4 for a mapped peer', '::ffff:203.0.113.9', {}, '203.0.113.9'],
    ['a mapped trusted proxy', '::ffff:10.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9'],
  ])('is %s', (_name, peer, headers, ip) => {
    expect(clientAddress(request(peer, headers), trusted).ip).toBe(ip)
  })

  it('believes X-Forwarded-Proto from trusted proxies only', () => {
    expect(clientAddress(request('10.0.0.1', { 'x-forwarded-proto': 'https' }), trusted).secure).toBe(true)
    expect(clientAddress(request('203.0.113.9', { 'x-forwarded-proto': 'https' }), trusted).secure).toBe(false)
    expect(clientAddress(request('203.0.113.9', {}, true), trusted).secure).toBe(true)
    expect(clientAddress(request('10.0.0.1', { 'x-forwarded-proto': 'http' }, true), trusted).secure).toBe(false)
  })

  it.each([
    ['::FFFF:1.2.3.4', '1.2.3.4'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['1.2.3', null],
    ['010.0.0.1', null],
    ['', null],
  ])('%s is written %s', (given, canonical) => {
    expect(canonicalIp(given)).toBe(canonical)
  })
})
