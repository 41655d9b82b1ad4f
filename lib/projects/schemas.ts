import * as z from 'zod'
import { searchText } from '#lib/search.ts'
import { textLine } from '#lib/text-line.ts'

const MAX_CATEGORIES = 10

/** An id as it stands in an address, too. What cannot be one is none that is there. */
const projectId = z.coerce.number().int().min(0).max(2_147_483_647).catch(0)

const address = z
  .string()
  .max(2000)
  .transform((text, context) => {
    const value = text.trim()
    if (!value) return null
    const url = URL.canParse(value) ? new URL(value) : null
    if (url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password) return url.href
    context.addIssue({ code: 'custom', message: 'An address that begins with https://', params: { code: 'address_invalid' } })
    return z.NEVER
  })

/** Names with commas in between. */
const categories = z
  .string()
  .max(1000)
  .transform((text, context) => {
    const names = [
      ...new Set(
        text
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
      ),
    ]
    if (names.length > MAX_CATEGORIES) {
      context.addIssue({ code: 'custom', message: `At most ${MAX_CATEGORIES}`, params: { code: 'too_many', max: MAX_CATEGORIES } })
      return z.NEVER
    }
    const parsed = z.array(textLine(40)).safeParse(names)
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message: 'Names of at most 40 characters', params: { code: 'characters', max: 40 } })
    return z.NEVER
  })

/** A whole number, typed into a form or not. */
const position = z.coerce.string().transform((text, context) => {
  if (/^\d{1,5}$/.test(text.trim())) return Number(text)
  context.addIssue({ code: 'custom', message: 'A whole number from 0 to 99,999', params: { code: 'whole_number', min: 0, max: 99_999 } })
  return z.NEVER
})

export const saveProjectInput = z.object({
  title: textLine(120),
  description: z
    .string()
    .max(2000)
    .transform((text) => text.replaceAll('\0', '').trim())
    .default(''),
  image: address.default(null),
  link: address.default(null),
  isNew: z.boolean().default(false),
  directRedirect: z.boolean().default(false),
  categories: categories.default([]),
  /** Smaller ones come first. */
  position: position.default(0),
})
export type SaveProjectInput = z.input<typeof saveProjectInput>

export const changeProjectInput = saveProjectInput.extend({
  id: projectId,
  /** `updatedAt` as the page showed it: the later of two editors is told. */
  seen: z.string().max(40).optional(),
})
export type ChangeProjectInput = z.input<typeof changeProjectInput>

export const publishProjectInput = z.object({
  id: projectId,
  /** ISO 8601, UTC when it says no zone; empty: now. In the future: from then on. */
  at: z
    .string()
    .max(40)
    .transform((text, context) => {
      const value = text.trim()
      if (!value) return null
      const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value) ? `${value}Z` : value
      const time = z.iso.datetime({ offset: true }).safeParse(iso.replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z')).success
        ? Date.parse(iso)
        : Number.NaN
      if (!Number.isNaN(time)) return new Date(time)
      context.addIssue({ code: 'custom', message: 'Not an ISO 8601 date and time', params: { code: 'date_invalid' } })
      return z.NEVER
    })
    .default(null),
})
export type PublishProjectInput = z.input<typeof publishProjectInput>

export const listProjectsInput = z.object({
  search: searchText.default(''),
  cursor: z.string().max(300).optional(),
})
export type ListProjectsInput = z.input<typeof listProjectsInput>
