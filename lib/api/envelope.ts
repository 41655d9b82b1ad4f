import * as z from 'zod'

// The one shape of every answer (docs: "API answers").

/** A success with `data`; lists have `meta`. */
export function successSchema<Data extends z.ZodType>(data: Data, list: boolean) {
  const envelope = z.object({ status: z.literal('success'), message: z.string().meta({ description: 'For a person.' }), data })
  return list ? envelope.extend({ meta: listMeta }) : envelope
}

const listMeta = z
  .object({ limit: z.number().int(), next_cursor: z.string().nullable().meta({ description: 'For `cursor`; null on the last page.' }) })
  .meta({ id: 'ListMeta' })

/** Every refusal and failure. */
export const errorSchema = z
  .object({
    status: z.literal('error'),
    message: z.string().meta({ description: 'For a person; names the first wrong field.' }),
    data: z.null(),
    error: z.object({
      code: z.string(),
      request_id: z.string(),
      docs: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  })
  .meta({ id: 'Error' })

/** How a list is asked for, page by page. */
export const pageQuery = z.object({
  limit: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(100, 'must be at most 100')
    .default(50),
  cursor: z.string().max(300).optional(),
})
