import { expect, it } from 'vitest'
import { lineProblem, textLine } from './text-line.ts'

it.each([
  ['a zero-width space', '\u200b\u200b'],
  ['a soft hyphen', '\u00ad'],
  ['a Hangul filler', '\u3164'],
  ['a Hangul filler between letters', 'A\u3164B'],
  ['the half-width filler', '\uffa0'],
  ['fillers of syllables', '\u115f\u1160'],
  ['the blank of Braille', '\u2800\u2800'],
  ['a byte order mark', '\u2060\ufeff\u2060'],
  ['variation selectors', '\ufe0f\u{e0100}'],
  ['tags', '\u{e0041}'],
  ['NUL', 'A\0B'],
  ['half a character', 'A\ud800B'],
  ['an override of direction', 'A\u202eB'],
])('refuses %s', (_what, text) => {
  expect(lineProblem(text.trim(), 100) ?? textLine(100).safeParse(text).success).toBe(text.trim() ? 'characters' : 'required')
})

it.each(['Ada', '김영희', '\u1112\u1161\u11ab', 'محمد', 'می\u200cخواهم', '👩\u200d🚀', '❤\ufe0f', '⠁\u2800⠃', '42', '—'])(
  'takes %s',
  (text) => {
    expect(textLine(100).parse(` ${text} `)).toBe(text.normalize())
  },
)
