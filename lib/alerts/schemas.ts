import * as z from 'zod'

export const restrictClientInput = z.object({
  clientId: z.string().max(100),
  /** For the team, in the actor's words. */
  reason: z
    .string()
    .max(500)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text.replace(/[\r\n\t]/g, '')), 'No control characters')
    .transform((text) => text.trim())
    .optional(),
})

export type RestrictClientInput = z.input<typeof restrictClientInput>
