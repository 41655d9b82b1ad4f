import * as z from 'zod'
import { AppError } from '#lib/errors.ts'

const MAX_SCOPES = 100

export const setClientScopesInput = z.object({
  clientId: z.string(),
  /** The client's version that the editor saw; when it changed since, nothing is. */
  version: z.number().int().optional(),
  scopes: z
    .array(
      z.object({
        name: z.string().max(100),
        /** The person may decline it and still log in. */
        optional: z.boolean().default(false),
      }),
    )
    .max(MAX_SCOPES),
})

export type SetClientScopesInput = z.input<typeof setClientScopesInput>

/** @throws AppError validation_failed naming the first of `names` that is not a scope of this installation. */
export function checkScopeNames(names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const message = `${unknown.slice(0, 60)}: there is no such scope. Scopes: ${known.join(' ')}`
  throw new AppError('validation_failed', {
    message,
    fields: [{ path: 'scopes', message, code: 'unknown_scope', params: { scope: unknown.slice(0, 60) } }],
  })
}
