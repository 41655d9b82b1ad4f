import * as z from 'zod'

/** Control characters, and halves of characters, which no database gives back as they were. */
const CONTROL = /[\p{Cc}\p{Cs}]/u

/** What a client sends to start a log-in. `state` comes back as it is. */
export const createSignTokenInput = z.object({
  redirect_url: z.string().min(1).max(2048),
  email: z
    .string()
    .max(254)
    .refine((text) => z.email().safeParse(text).success, 'not an email address')
    .nullish(),
  state: z
    .string()
    .max(2048)
    .refine((text) => !CONTROL.test(text), 'No control characters')
    .nullish(),
})
export type CreateSignTokenInput = z.input<typeof createSignTokenInput>

/** What a client sends to learn who came back. */
export const verifySignTokenInput = z.object({ token: z.string().min(1).max(1000) })
