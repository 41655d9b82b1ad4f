import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApiClient, type TestClient } from '#lib/connections/testing.ts'
import { db } from '#lib/db.ts'
import { makeCast } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { type Ask, ask, credentials, startTestApi, type TestApi } from './testing.ts'

// "API answers" of the contract: the envelope, and each refusal that is no business of the gate.

useTestDatabase()

let api: TestApi
let client: TestClient
let headers: Record<string, string>

beforeAll(async () => {
  const { teamId } = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  client = await makeApiClient(teamId, { mode: 'test', scopes: ['openid', 'useraddresses'] })
  headers = credentials(client)
  api = await startTestApi('http://localhost:3000')
})
afterAll(() => api.close())

const get = (path: string, options: Ask = {}) => ask(api.origin, path, options)
const post = (path: string, body: unknown, options: Ask = {}) => ask(api.origin, path, { headers, body, ...options })

describe('a success', () => {
  it('has the envelope, the request id, and is not kept', async () => {
    const answer = await get('/api/info')
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body)).toEqual(['status', 'message', 'data'])
    expect(answer.body).toMatchObject({ status: 'success', message: expect.any(String) })
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    expect(answer.headers['x-request-id']).toMatch(/^req_\w{20}$/)
  })

  it('has meta for lists only', async () => {
    expect((await get('/api/v1/users', { headers })).body.meta).toEqual({ limit: 50, next_cursor: null })
    expect((await get('/api/v1/whoami', { headers })).body).not.toHaveProperty('meta')
  })
})

describe('a refusal', () => {
  it('has the envelope, with the id of the request and where to read about it', async () => {
    const answer = await get('/api/nothing')
    expect(answer.body).toEqual({
      status: 'error',
      message: expect.any(String),
      data: null,
      error: {
        code: 'not_found',
        request_id: answer.headers['x-request-id'],
        docs: 'http://localhost:3000/docs/errors#not_found',
        fields: [],
      },
    })
  })

  it.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/v1',
    '/api/v1/whoami/more',
    '/api/%00',
    '/api/%ff',
    '/api/..%2finfo',
    '/api/authx',
    '/api/INFO',
  ])('is 404 not_found for %s', async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found'])
  })

  it.each([
    ['POST', '/api/info', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/sign-token', 'POST, OPTIONS'],
    ['PUT', '/api/user/address', 'POST, OPTIONS'],
    ['DELETE', '/api/v1/users', 'GET, HEAD, OPTIONS'],
    ['HEAD', '/api/sign-token', 'POST, OPTIONS'],
  ])('is 405 with Allow for %s %s', async (method, path, allow) => {
    const answer = await get(path, { method })
    expect([answer.status, answer.headers.allow]).toEqual([405, allow])
    if (method !== 'HEAD') expect(answer.body.error.code).toBe('method_not_allowed')
  })

  it.each([
    ['text', 'not json'],
    ['a form', 'token=x&redirect_url=y'],
    ['half an object', '{"token":'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ])('is 400 invalid_json for %s', async (_what, body) => {
    const answer = await post('/api/sign-token-verify', body)
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_json'])
  })

  it.each([
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"token"'],
    ['nothing', ''],
  ])('is 422 for JSON that is %s', async (_what, body) => {
    const answer = await post('/api/sign-token-verify', body)
    expect([answer.status, answer.body.error.code]).toEqual([422, 'validation_failed'])
  })

  it('is 422 validation_failed with all fields, and a message that names the first', async () => {
    const answer = await post('/api/user/address', {
      sub: '1',
      action: 'create',
      address: { type: 'home', street: 'Dam', city: '', postal_code: '1', country: 'Holland' },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.error.fields).toEqual([
      { path: 'address.type', message: 'one of standard, billing, business, contract, mailing, shipping' },
      { path: 'address.city', message: 'Required' },
      { path: 'address.country', message: 'not an ISO 3166-1 code' },
    ])
    expect(answer.body.message).toBe('type: one of standard, billing, business, contract, mailing, shipping')
  })

  it.each([
    ['of a declared length', false],
    ['in chunks', true],
  ])('is 413 body_too_large over 1 MiB, %s', async (_how, chunked) => {
    const answer = await post('/api/sign-token-verify', Buffer.alloc(1_200_000, 'x'), { chunked })
    expect([answer.status, answer.body.error.code]).toEqual([413, 'body_too_large'])
  })

  it('takes a body of exactly 1 MiB', async () => {
    const body = JSON.stringify({ token: 'x' }).padEnd(1_048_576)
    expect((await post('/api/sign-token-verify', body, { chunked: true })).body.error.code).toBe('token_invalid')
  })

  it('is 500 internal_error with the request id and nothing else when it is our fault', async () => {
    await db().$executeRaw`ALTER TABLE countries RENAME TO countries_gone`
    const answer = await post('/api/global/countries', {})
    await db().$executeRaw`ALTER TABLE countries_gone RENAME TO countries`
    expect(answer.status).toBe(500)
    expect(answer.body.error).toMatchObject({ code: 'internal_error', request_id: answer.headers['x-request-id'] })
    expect(answer.text).not.toMatch(/countries|prisma|relation/i)
  })
})

describe('leniency', () => {
  it('ignores unknown members', async () => {
    expect((await post('/api/global/countries', { redirect_url: 'https://sdk.example/', __proto__: 1, x: [{}] })).status).toBe(200)
  })

  it('does not ask for a content type', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json;charset=UTF-8', 'nonsense']) {
      expect((await post('/api/global/countries', '{}', { headers: { ...headers, 'content-type': type } })).status).toBe(200)
    }
  })

  it.each(['/api/info/', '/api//info', '//api/info'.slice(1), '/api/info?x=1', '/api/info?'])('finds %s', async (path) => {
    expect((await get(path)).status).toBe(200)
  })

  it('answers HEAD as GET without the body, and OPTIONS with what is allowed', async () => {
    const head = await get('/api/info', { method: 'HEAD' })
    expect([head.status, head.text, Number(head.headers['content-length']) > 100]).toEqual([200, '', true])
    const options = await get('/api/v1/users', { method: 'OPTIONS' })
    expect([options.status, options.headers.allow, options.text]).toEqual([204, 'GET, HEAD, OPTIONS', ''])
  })
})

describe('pages of a list', () => {
  it.each(['0', '101', '-1', '1.5', 'x', ''])('refuses limit=%s', async (limit) => {
    const answer = await get(`/api/v1/users?limit=${limit}`, { headers })
    expect([answer.status, answer.body.error?.fields[0]?.path]).toEqual([422, 'limit'])
  })

  it('refuses a cursor that is not ours', async () => {
    const answer = await get('/api/v1/users?limit=100&cursor=abc', { headers })
    expect([answer.status, answer.body.message]).toEqual([422, 'cursor: not one of ours'])
  })
})

describe('the OpenAPI document', () => {
  it('describes every endpoint, its body and its answers', async () => {
    const { body, headers } = await get('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(headers['content-type']).toContain('application/json')
    expect(Object.keys(body.paths).sort()).toEqual(
      [
        'get/user/address',
        'get/user/info',
        'global/countries',
        'global/projects',
        'info',
        'sign-token',
        'sign-token-verify',
        'user/address',
        'v1/users',
        'v1/whoami',
      ].map((path) => `/api/${path}`),
    )
    for (const operation of Object.values(body.paths).flatMap((path) => Object.values(path as object))) {
      expect(operation.responses['200'].content['application/json'].schema.properties.status).toBeDefined()
      expect(operation.responses.default.content['application/json'].schema.$ref).toBe('#/components/schemas/Error')
    }
    expect(body.paths['/api/v1/whoami'].get.security).toHaveLength(2)
    const { schema } = body.paths['/api/user/address'].post.requestBody.content['application/json']
    expect(JSON.stringify(schema)).toContain('CreateAddress')
    expect(body.components.schemas.CreateAddress.properties.address.required).toEqual(
      expect.arrayContaining(['type', 'street', 'city', 'postal_code', 'country']),
    )
    // Every reference leads somewhere.
    for (const [, name] of JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(body.components.schemas).toHaveProperty(name as string)
  })
})
