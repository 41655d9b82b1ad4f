import { verifySignToken } from '#lib/sign-tokens/index.ts'
import { verifySignTokenInput } from '#lib/sign-tokens/schemas.ts'
import { gatedEndpoint } from '../endpoint.ts'
import { profileSchema } from '../person-schemas.ts'

/** Ends a log-in: who came back. */
export const signTokenVerify = gatedEndpoint({
  method: 'POST',
  path: '/sign-token-verify',
  use: 'login',
  summary: 'Learn who came back from a log-in',
  description: 'Works once, within 5 minutes, for the client and domain that started the log-in.',
  body: verifySignTokenInput,
  data: profileSchema,
  run: async ({ ctx, reach, domainId }, { body }) => ({
    message: 'The token is valid.',
    data: await verifySignToken({ ctx, input: { ...body, reach, domainId } }),
  }),
})
