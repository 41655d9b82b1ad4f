import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, makeApiClient, type TestClient } from '#lib/connections/testing.ts'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { ask, credentials, startTestApi, type TestApi } from './testing.ts'

// Whatever is sent: JSON comes back, never a 500, and never a success that the tables do not allow.

useTestDatabase()

const RUNS = 80

let api: TestApi
let cast: Cast
let client: TestClient
let sub: string

beforeAll(async () => {
  cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise', overridePerMinute: 1_000_000 } })
  client = await makeApiClient(cast.teamId)
  sub = await connect(cast.developer, client)
  await connect(await makeUser('outside'), client)
  api = await startTestApi('http://localhost:3000')
})
afterAll(() => api.close())

const POSTS = ['global/countries', 'sign-token', 'sign-token-verify', 'get/user/info', 'get/user/address', 'user/address']

/** Values that a careless or hostile client sends. */
const value = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('\0', '', '1', -1, Number.MAX_VALUE, 2 ** 53, null, true, [], {}, 'NL', 'list', 'create'),
  )

const body = () =>
  fc.record(
    {
      sub: fc.oneof(fc.constant(sub), value()),
      action: fc.oneof(fc.constantFrom('list', 'create', 'update', 'delete'), value()),
      address_id: value(),
      address: fc.oneof(
        value(),
        fc.record(
          {
            type: fc.oneof(fc.constant('billing'), value()),
            street: value(),
            city: value(),
            postal_code: value(),
            country: fc.oneof(fc.constant('NL'), value()),
            email: value(),
          },
          { requiredKeys: [] },
        ),
      ),
      token: value(),
      redirect_url: value(),
      email: value(),
      state: value(),
      socials: value(),
    },
    { requiredKeys: [] },
  )

describe('any body', () => {
  it.each(POSTS)('%s', async (path) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(body(), value()), async (sent) => {
        const answer = await ask(api.origin, `/api/${path}`, {
          method: 'POST',
          headers: credentials(client),
          body: JSON.stringify(sent) ?? '',
        })
        expect([200, 400, 403, 404, 409, 422], answer.text).toContain(answer.status)
        expect(answer.body.status).toBe(answer.status === 200 ? 'success' : 'error')
      }),
      { numRuns: RUNS },
    )
  })

  it('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...POSTS), fc.uint8Array({ maxLength: 200 }), async (path, bytes) => {
        const { status } = await ask(api.origin, `/api/${path}`, { method: 'POST', headers: credentials(client), body: Buffer.from(bytes) })
        expect([200, 400, 422]).toContain(status)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('any credentials', () => {
  it('that are not right never pass', async () => {
    const text = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 300 })
    const right = credentials(client)
    const header = (name: string) => fc.oneof(text, fc.constant(right[name] as string), fc.array(text, { maxLength: 3 }))
    const headers = fc.record(
      {
        'x-client-id': header('x-client-id'),
        'x-client-secret': header('x-client-secret'),
        'x-client-domain': header('x-client-domain'),
        authorization: fc.oneof(
          text,
          text.map((token) => `Bearer ${token}`),
        ),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(headers, async (sent) => {
        const answer = await ask(api.origin, '/api/v1/whoami', { headers: sent })
        const isRight = Object.entries(right).every(
          ([name, value]) =>
            String(sent[name as keyof typeof sent] ?? '')
              .trim()
              .toLowerCase() === value.toLowerCase(),
        )
        expect(isRight ? [200, 400] : [400, 401, 403, 429], answer.text).toContain(answer.status)
      }),
      { numRuns: RUNS * 2 },
    )
  })
})

describe('any path, method and query', () => {
  it('answers JSON', async () => {
    const path = fc.oneof(
      fc.webPath(),
      fc.constantFrom('v1/users', 'info', 'openapi.json').map((name) => `/${name}`),
    )
    const query = fc.record({ limit: fc.string({ maxLength: 8 }), cursor: fc.base64String({ maxLength: 80 }) }, { requiredKeys: [] })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
        path,
        query,
        async (method, path, query) => {
          const target = `/api${path}?${new URLSearchParams(query as Record<string, string>)}`
          const answer = await ask(api.origin, target, { method, headers: credentials(client) })
          expect(answer.status).toBeLessThan(500)
        },
      ),
      { numRuns: RUNS },
    )
  })
})
