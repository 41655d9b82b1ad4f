import * as z from 'zod'
import { emailAddress } from '#lib/accounts/schemas.ts'

/** One test user of one client. Addresses are compared in lower case, as accounts have them. */
export const testUserInput = z.object({ clientId: z.string(), email: emailAddress })

export type TestUserInput = z.input<typeof testUserInput>
