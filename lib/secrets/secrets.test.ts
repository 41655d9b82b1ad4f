import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { peekSingleton } from '#lib/registry.ts'
import { APP_SECRET } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { subkey } from './data-keys.ts'
import { checksumOk, decrypt, encrypt, generateClientSecret, hashClientSecret, loadDataKeys, secretHint, secretMode } from './index.ts'

useTestDatabase()

describe('client secrets', () => {
  it.each(['test', 'live'] as const)('of mode %s have their form', (mode) => {
    const secret = generateClientSecret(mode)
    expect(secret).toMatch(new RegExp(`^xws_${mode}_[0-9A-Za-z]{46}$`))
    expect(checksumOk(secret)).toBe(true)
    expect(secretMode(secret)).toBe(mode)
    expect(secret.endsWith(secretHint(secret))).toBe(true)
  })

  it('with any one character changed are refused by the checksum', () => {
    const secret = generateClientSecret('test')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: secret.length - 1 }), fc.constantFrom(...'0aZ_ \u0000é'), (at, character) => {
        fc.pre(secret[at] !== character)
        expect(checksumOk(secret.slice(0, at) + character + secret.slice(at + 1))).toBe(false)
      }),
    )
  })

  it('are never taken for one by other text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => !checksumOk(text)))
  })

  it('are stored as a keyed hash', () => {
    const secret = generateClientSecret('test')
    // RFC 2104, as Node computes it.
    expect(hashClientSecret(secret)).toEqual(createHmac('sha256', subkey('hashing', 'client-secret')).update(secret).digest())
    expect(hashClientSecret(secret)).toEqual(hashClientSecret(secret))
    expect(hashClientSecret(generateClientSecret('test'))).not.toEqual(hashClientSecret(secret))
  })
})

describe('encryption', () => {
  it('opens what it sealed, for the same use and binding only', () => {
    const sealed = encrypt('a', 'text', 'id-1')
    expect(decrypt('a', sealed, 'id-1').toString()).toBe('text')
    expect(() => decrypt('b', sealed, 'id-1')).toThrow()
    expect(() => decrypt('a', sealed, 'id-2')).toThrow()
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) as number) ^ 1
    expect(() => decrypt('a', changed, 'id-1')).toThrow()
  })
})

describe('data keys', () => {
  const NEXT = 'another secret for tests, also more than 32 bytes'
  const opened = () => JSON.stringify(peekSingleton('secrets.data-keys'))
  const reload = (...secrets: [string, string?]) => loadDataKeys(pool(), ...secrets)

  it('survive the rotation of APP_SECRET, being wrapped anew', async () => {
    const before = opened()
    await reload(NEXT, APP_SECRET)
    await reload(NEXT)
    expect(opened()).toBe(before)
    await expect(reload(APP_SECRET)).rejects.toThrow('APP_SECRET does not open the keys')
    await reload(APP_SECRET, NEXT)
    expect(opened()).toBe(before)
  })

  it('are not in the database in plain', async () => {
    const rows = await db().dataKey.findMany()
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(Buffer.from(row.wrapped).length).toBe(12 + 16 + 32)
  })
})
