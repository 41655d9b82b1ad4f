import * as z from 'zod'
import { listConnections } from '#lib/connections/index.ts'
import { gatedEndpoint } from '../endpoint.ts'
import { pageQuery } from '../envelope.ts'

const user = z
  .object({
    sub: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    scopes: z.array(z.string()),
    connected_at: z.iso.datetime(),
    last_login_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ConnectedUser' })

/** Everyone who is connected to the client. */
export const users = gatedEndpoint({
  method: 'GET',
  path: '/v1/users',
  use: 'api',
  summary: 'The users connected to this client, newest first',
  description: 'In test mode, members of the team and test users only.',
  query: pageQuery,
  list: true,
  data: z.object({ users: z.array(user) }),
  run: async ({ ctx, reach }, { query: { limit, cursor } }) => {
    const { users, nextCursor } = await listConnections({ ctx, input: { reach, limit, cursor: cursor || undefined } })
    return { message: 'The connected users.', data: { users }, meta: { limit, next_cursor: nextCursor } }
  },
})
