import { expect, it } from 'vitest'
import { translate } from '#lib/i18n/index.ts'
import { phrase } from './phrases.ts'

const dutch = (text: string) => phrase((key, params) => translate('nl', `explain.${key}`, params), text)

it('translates what the checks say and leaves values alone', () => {
  expect(dutch('at most 120 a minute')).toBe('hoogstens 120 per minuut')
  expect(dutch('no X-Client-Id')).toBe('geen X-Client-Id')
  expect(dutch('X-Client-Secret is not a client secret: its form or checksum is wrong')).toMatch(/^X-Client-Secret is geen secret/)
  expect(dutch('10.0.0.0/8, 192.0.2.0/24 and 3 more')).toBe('10.0.0.0/8, 192.0.2.0/24 en nog 3')
  for (const value of ['203.0.113.7', 'Free', 'evil.example', 'origin: https://evil.io']) expect(dutch(value)).toBe(value)
})
