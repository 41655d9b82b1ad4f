import * as z from 'zod'
import { getUserInfo } from '#lib/connections/index.ts'
import { gatedEndpoint } from '../endpoint.ts'
import { countrySummarySchema, profileSchema, subInput } from '../person-schemas.ts'

const userInfoSchema = profileSchema
  .extend({
    birth_date: z.string().nullable(),
    gender: z.string().nullable(),
    second_email: z.string().nullable(),
    country: countrySummarySchema.nullable(),
    socials: z.array(z.object({ provider: z.string(), email: z.string().nullable() })),
  })
  .meta({ id: 'UserInfo' })

/** One connected person. */
export const userInfo = gatedEndpoint({
  method: 'POST',
  path: '/get/user/info',
  use: 'api',
  summary: 'One connected person',
  description: 'Without the scope `userinfo` the extra fields are null.',
  body: z.object({ sub: subInput, socials: z.boolean().nullish() }),
  data: z.object({ user: userInfoSchema }),
  run: async ({ ctx, reach }, { body }) => ({
    message: 'The user.',
    data: { user: await getUserInfo({ ctx, input: { reach, sub: body.sub, socials: body.socials === true } }) },
  }),
})
