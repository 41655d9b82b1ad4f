import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalCidr } from './cidr.ts'

it.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['203.0.113.7', '203.0.113.7/32'],
  [' 203.0.113.7/32 ', '203.0.113.7/32'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:0:0::1/32', '2001:db8::/32'],
  ['::1', '::1/128'],
  ['::ffff:10.1.2.3', '10.1.2.3/32'],
  ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ['::ffff:a01:203/128', '10.1.2.3/32'],
])('takes %s as %s', (text, cidr) => {
  expect(canonicalCidr(text)).toBe(cidr)
})

it.each([
  '',
  'x',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/08',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.0/8',
  '010.0.0.1',
  '0x0a.0.0.1',
  '1',
  '::/129',
  'fe80::1%eth0',
  '1.2.3.4 5.6.7.8',
])('refuses %j', (text) => {
  expect(canonicalCidr(text)).toBeNull()
})

it('is its own fixed point', () => {
  fc.assert(
    fc.property(fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.nat(128))), ([address, bits]) => {
      const once = canonicalCidr(`${address}/${bits}`)
      expect(once).not.toBeNull()
      expect(canonicalCidr(once as string)).toBe(once)
    }),
  )
})
