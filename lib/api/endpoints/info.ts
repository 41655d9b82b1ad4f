import * as z from 'zod'
import { env } from '#lib/env.ts'
import { publicEndpoint } from '../endpoint.ts'
import { version } from '../version.ts'

const text = z.string()

/** What this is, who asks, and where everything else is. */
export const info = publicEndpoint({
  method: 'GET',
  path: '/info',
  summary: 'About this installation',
  data: z.object({
    application: z.object({ name: text, description: text, version: text, locale: text, timezone: text, time: z.iso.datetime() }),
    client: z.object({ ip: text.nullable(), user_agent: text.nullable() }),
    api: z.object({ documentation: text, endpoints: z.record(text, text) }),
  }),
  run: async (_call, ctx) => {
    const { PUBLIC_URL, BRAND_NAME } = env()
    return {
      message: `${BRAND_NAME} is up.`,
      data: {
        application: {
          name: BRAND_NAME,
          description: 'Log in with one account, and let applications use it as far as you allow.',
          version,
          locale: ctx.locale,
          timezone: 'UTC',
          time: new Date().toISOString(),
        },
        client: { ip: ctx.ip, user_agent: ctx.userAgent },
        api: { documentation: `${PUBLIC_URL}/docs`, endpoints: endpointUrls(PUBLIC_URL) },
      },
    }
  },
})

function endpointUrls(origin: string): Record<string, string> {
  const paths = {
    info: 'info',
    projects: 'global/projects',
    countries: 'global/countries',
    sign_token: 'sign-token',
    sign_token_verify: 'sign-token-verify',
    user_info: 'get/user/info',
    user_addresses: 'get/user/address',
    user_address: 'user/address',
    users: 'v1/users',
    whoami: 'v1/whoami',
    openapi: 'openapi.json',
  }
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${origin}/api/${path}`]))
}
