import { beforeAll, describe, expect, it } from 'vitest'
import { createClient, setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { post } from './testing.ts'
import { CALLBACK, client, getCode, owner, provider, type TestClient, useFlow, userinfo } from './testing-flow.ts'

useFlow()

const ctx = systemContext('test')
let app: TestClient

beforeAll(async () => {
  const input = { teamId: client.teamId, name: 'App', type: 'public' as const, redirectUris: [CALLBACK] }
  app = { id: (await createClient({ ctx, input })).client.id, secret: '', teamId: client.teamId }
  await setProtocol({ ctx, input: { clientId: app.id, deviceFlow: true } })
})

const ask = (path: string, form: Record<string, string>, using = app) => post(provider.origin, `/oidc${path}`, form, using)

describe('a public client that names itself by HTTP Basic with an empty secret', () => {
  it('gets, refreshes, introspects and revokes its tokens', async () => {
    const { code, verifier } = await getCode(owner, app)
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    const first = await ask('/token', form)
    expect([first.status, first.body.error]).toEqual([200, undefined])
    const second = await ask('/token', { grant_type: 'refresh_token', refresh_token: String(first.body.refresh_token), client_id: app.id })
    expect(second.status).toBe(200)
    const token = String(second.body.access_token)
    expect((await ask('/token/introspection', { token })).body.active).toBe(true)
    expect((await ask('/token/revocation', { token })).status).toBe(200)
    expect(await userinfo(token)).toBe(401)
  })

  it('begins a device’s log-in and pushes requests', async () => {
    expect((await ask('/device/auth', { scope: 'openid' })).status).toBe(200)
    const asked = { response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', code_challenge: 'c'.repeat(43) }
    expect((await ask('/request', { ...asked, code_challenge_method: 'S256' })).status).toBe(201)
  })

  it('is refused when it names another one beside, or has a secret to prove', async () => {
    const refused = async (form: Record<string, string>, using: TestClient) => {
      const { status, body } = await ask('/token', { grant_type: 'refresh_token', refresh_token: 'x', ...form }, using)
      return [status, body.error]
    }
    expect(await refused({ client_id: client.id }, app)).toEqual([400, 'invalid_request'])
    expect(await refused({}, { ...client, secret: '' })).toEqual([400, 'invalid_request'])
    expect(await refused({ client_id: app.id }, { ...client, secret: '' })).toEqual([400, 'invalid_request'])
    expect(await refused({}, { ...app, secret: 'xws_test_x' })).toEqual([401, 'invalid_client'])
    expect(await refused({}, { ...app, id: 'cl_\0' })).toEqual([400, 'invalid_request'])
  })
})
