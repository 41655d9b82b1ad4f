import { describe, expect, it } from 'vitest'
import { isAppError } from '#lib/errors.ts'
import en from '#lib/i18n/en.json' with { type: 'json' }
import nl from '#lib/i18n/nl.json' with { type: 'json' }
import { parseInput } from '#lib/input.ts'
import { deviceOf } from './device.ts'
import { RegisterUserInput, ResetPasswordInput } from './schemas.ts'

const good = { name: 'Ada', email: 'ada@example.com', password: 'a rainy day in Utrecht', code: '123456' }

const BAD: Record<string, unknown>[] = [
  {},
  { ...good, name: '' },
  { ...good, name: 'x'.repeat(101) },
  { ...good, name: 'x\u0007' },
  { ...good, email: '' },
  { ...good, email: 'x' },
  { ...good, email: `${'x'.repeat(300)}@example.com` },
  { ...good, password: '' },
  { ...good, password: 'x' },
  { ...good, password: 'password123' },
  { ...good, password: 'my own ada@example.com' },
  { ...good, password: 'x'.repeat(1001) },
  { ...good, code: 'x' },
]

describe('what pages say of a wrong field', () => {
  it.each([
    ['en', en],
    ['nl', nl],
  ])('is there in %s for every code', (_, { auth }) => {
    const codes = new Set<string>()
    for (const input of BAD) {
      for (const schema of [RegisterUserInput, ResetPasswordInput]) {
        try {
          parseInput(schema, input)
        } catch (error) {
          if (isAppError(error)) for (const { code } of error.fields) codes.add(code ?? '')
        }
      }
    }
    expect(codes.size).toBeGreaterThan(10)
    for (const code of codes) expect(auth.fields).toHaveProperty(code)
  })
})

describe('deviceOf', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36', 'Chrome', 'Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iOS',
    ],
    ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox', 'Android'],
    ['curl/8.5', null, null],
  ])('%s', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system })
  })

  it('knows nothing of nothing', () => {
    expect(deviceOf(null)).toEqual({ browser: null, system: null })
  })
})
