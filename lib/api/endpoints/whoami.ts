import * as z from 'zod'
import { gatedEndpoint } from '../endpoint.ts'

/** What the gate made of the credentials. */
export const whoami = gatedEndpoint({
  method: 'GET',
  path: '/v1/whoami',
  use: 'api',
  summary: 'What the gate resolved',
  data: z.object({
    client: z.object({ id: z.string(), name: z.string() }),
    domain: z.object({ id: z.string(), host: z.string() }),
    mode: z.enum(['test', 'live']),
    secret: z.object({ id: z.string(), label: z.string().nullable(), hint: z.string() }).nullable(),
    plan: z.object({ name: z.string(), per_minute: z.number().int(), per_month: z.number().int() }),
    request_id: z.string(),
  }),
  run: async ({ allowed }, _input, { facts }) => ({
    message: 'You passed the gate.',
    data: {
      client: { id: allowed.client.id, name: allowed.client.name },
      domain: allowed.domain,
      mode: allowed.mode,
      secret: allowed.secret,
      plan: { name: allowed.plan.name, per_minute: allowed.plan.perMinute, per_month: allowed.plan.perMonth },
      request_id: facts.requestId,
    },
  }),
})
