import { expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { post } from './testing.ts'
import { client, provider, useFlow } from './testing-flow.ts'

// The requests come in the clear over a proxy of this machine, which says what it got.
useFlow({ PUBLIC_URL: 'https://id.example.com', TRUSTED_PROXIES: '127.0.0.1', DYNAMIC_REGISTRATION: '1' })

const CLEAR = { 'x-forwarded-proto': 'http' }
const TLS = { 'x-forwarded-proto': 'https' }
const ENDPOINTS = ['/token', '/Token/', '/token/introspection', '/token/revocation', '/request', '/device/auth', '/me', '/reg']

it.each(ENDPOINTS)('an https installation takes no credentials in the clear at %s (RFC 6749 §3.2)', async (path) => {
  for (const headers of [CLEAR, {}]) {
    const { status, body } = await post(provider.origin, `/oidc${path}`, { grant_type: 'client_credentials' }, client, headers)
    expect([status, body.error]).toEqual([400, 'invalid_request'])
    expect(body.error_description).toMatch(/^TLS is required/)
  }
  const { body } = await post(provider.origin, `/oidc${path}`, { grant_type: 'client_credentials' }, client, TLS)
  expect(String(body.error_description ?? '')).not.toMatch(/TLS/)
})

it('gives tokens over TLS, and what is public in the clear, too', async () => {
  expect((await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, client, TLS)).status).toBe(200)
  for (const path of ['/jwks', '/.well-known/openid-configuration']) {
    const answer = await fetch(`${provider.origin}/oidc${path}`, { headers: CLEAR })
    expect(answer.status).toBe(200)
    if (path !== '/jwks') expect((await answer.json()).token_endpoint).toBe('https://id.example.com/oidc/token')
  }
})

it('says so in the request log', async () => {
  await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, client, CLEAR)
  await flushRequests()
  const row = await db().requestLog.findFirstOrThrow({ where: { path: '/oidc/token', status: 400 }, orderBy: { at: 'desc' } })
  expect(row).toMatchObject({ decision: 'invalid_request', detail: { cause: 'https_required' } })
})
