import * as z from 'zod'
import { createSignToken } from '#lib/sign-tokens/index.ts'
import { createSignTokenInput } from '#lib/sign-tokens/schemas.ts'
import { gatedEndpoint } from '../endpoint.ts'

/** Starts a log-in. */
export const signToken = gatedEndpoint({
  method: 'POST',
  path: '/sign-token',
  use: 'login',
  summary: 'Start a log-in',
  description:
    'Send the person to `url`. They come back to `redirect_url` with a fresh `token` for sign-token-verify and with `state`, or with `error=access_denied`. The `token` of this answer never verifies.',
  body: createSignTokenInput,
  data: z.object({
    client_id: z.string(),
    token: z.string(),
    email: z.string().nullable(),
    expires_at: z.iso.datetime(),
    url: z.string(),
  }),
  run: async ({ ctx, reach, domainId }, { body }) => ({
    message: 'Send the person to the url.',
    data: await createSignToken({ ctx, input: { ...body, reach, domainId } }),
  }),
})
