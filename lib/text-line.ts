import * as z from 'zod'

/** Line breaks, control characters, and the bidi overrides that make a text look like another; joiners and right-to-left letters pass. */
export const FORBIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** A line of text for people: trimmed, NFC, of at most `max` characters (code points). */
export function textLine(max: number) {
  return z.string().transform((value, context) => {
    const text = value.trim().normalize()
    const refuse = (message: string, code: string) => context.addIssue({ code: 'custom', message, params: { code, max } })
    if (!text) refuse('Required', 'required')
    else if ([...text].length > max) refuse(`At most ${max} characters`, 'too_long')
    else if (FORBIDDEN_CHARACTERS.test(text) || !VISIBLE.test(text)) refuse('No control or invisible characters', 'characters')
    else return text
    return z.NEVER
  })
}
