import * as z from 'zod'

/** Line breaks, control characters, bidi overrides that make a text look like another, letters that are blank; joiners and right-to-left letters pass. */
export const FORBIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u3164\uffa0]/u
/** What leaves something to see: Unicode counts fillers as letters and the blank of Braille as a symbol. */
const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v

type LineProblem = 'required' | 'too_long' | 'characters'

/** What keeps a trimmed text from being a line for people of at most `max` characters (code points). */
export function lineProblem(text: string, max: number): LineProblem | null {
  if (!text) return 'required'
  if ([...text].length > max) return 'too_long'
  return FORBIDDEN_CHARACTERS.test(text) || !VISIBLE.test(text) ? 'characters' : null
}

/** Whether PostgreSQL can keep a text: NUL and lone surrogates are none to it. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** A line of text for people: trimmed, NFC, of at most `max` characters (code points). */
export function textLine(max: number) {
  const messages = { required: 'Required', too_long: `At most ${max} characters`, characters: 'No control or invisible characters' }
  return z.string().transform((value, context) => {
    const text = value.trim().normalize()
    const code = lineProblem(text, max)
    if (!code) return text
    context.addIssue({ code: 'custom', message: messages[code], params: { code, max } })
    return z.NEVER
  })
}
