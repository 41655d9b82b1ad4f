import * as z from 'zod'

const MAX_LENGTH = 200

/** What people type to find something; the empty text finds everything. A NUL is no text to PostgreSQL, and nobody types it. */
export const searchText = z
  .string()
  .max(MAX_LENGTH)
  .transform((text) => text.replaceAll('\0', '').trim())

/** A text as LIKE takes it literally: people mean no wildcards. Prisma's `contains` and `startsWith` become LIKE too. */
export function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

/** What LIKE finds everything by that holds `text`. */
export function likePattern(text: string): string {
  return `%${literal(text)}%`
}
