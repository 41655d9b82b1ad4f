import * as z from 'zod'
import { searchText } from '#lib/search.ts'

export const listTokensInput = z.object({
  clientId: z.string(),
  /** Of people (authorizations with their families of tokens), or of the application itself (client credentials). */
  kind: z.enum(['people', 'application']).default('people'),
  /** Of people: a `sub`, an address, or a part of name or address. */
  search: searchText.optional(),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(300).optional(),
})
export type ListTokensInput = z.input<typeof listTokensInput>

export const revokeTokenInput = z.object({ clientId: z.string(), reference: z.string().max(300) })

export const revokeUserTokensInput = z.object({ clientId: z.string(), sub: z.string().max(100) })
