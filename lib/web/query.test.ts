import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { one, orNotFound, withQuery } from './query.ts'

describe('one', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['a', 'a'],
    [['a', 'b'], 'a'],
    [[], undefined],
    ['a\0b', 'ab'],
    ['\0', undefined],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('of %j is %j', (value, expected) => {
    expect(one(value)).toBe(expected)
  })

  it('is as long as asked for', () => {
    expect(one('abcdef', 3)).toBe('abc')
  })
})

describe('withQuery', () => {
  it('leaves out what has no value', () => {
    expect(withQuery('/list', { q: 'a b&c', status: undefined, cursor: null, team: '' })).toBe('/list?q=a+b%26c')
    expect(withQuery('/list', { q: undefined })).toBe('/list')
  })
})

describe('orNotFound', () => {
  it.each(['not_found', 'permission_denied', 'validation_failed'] as const)('has no page for %s', async (code) => {
    await expect(orNotFound(Promise.reject(new AppError(code)))).rejects.toThrow('NEXT_HTTP_ERROR_FALLBACK;404')
  })

  it('hands on everything else', async () => {
    await expect(orNotFound(Promise.resolve(1))).resolves.toBe(1)
    await expect(orNotFound(Promise.reject(new AppError('unauthenticated')))).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(orNotFound(Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})
