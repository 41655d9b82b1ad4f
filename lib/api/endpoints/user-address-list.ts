import * as z from 'zod'
import { listAddresses } from '#lib/addresses/index.ts'
import { gatedEndpoint } from '../endpoint.ts'
import { addressSchema, subInput } from '../person-schemas.ts'

/** All addresses of one connected person. */
export const userAddressList = gatedEndpoint({
  method: 'POST',
  path: '/get/user/address',
  use: 'api',
  scope: 'useraddresses',
  summary: 'The addresses of one connected person',
  body: z.object({ sub: subInput }),
  data: z.object({ addresses: z.array(addressSchema) }),
  run: async ({ ctx, reach }, { body }) => ({
    message: 'The addresses.',
    data: { addresses: await listAddresses({ ctx, input: { of: { reach, sub: body.sub } } }) },
  }),
})
