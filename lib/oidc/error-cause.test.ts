import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createSecret, disableClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import en from '#lib/i18n/en.json' with { type: 'json' }
import { flushRequests } from '#lib/requests/index.ts'
import { post } from './testing.ts'
import { CALLBACK, client, getCode, makeClient, owner, provider, redeem, refresh, stranger, tokens, useFlow } from './testing-flow.ts'

useFlow()

const LIVE = 'https://app.example.com/cb'
const domain = (host: string, changes: object) =>
  setDomain({ ctx: systemContext('test'), input: { clientId: client.id, host, ...changes } })

beforeAll(async () => {
  await domain('app.example.com', { mode: 'live', verified: true })
  const { id } = await db().domain.findFirstOrThrow({ where: { clientId: client.id, host: 'app.example.com' } })
  await db().redirectUri.create({ data: { id: 'ru_live', clientId: client.id, domainId: id, uri: LIVE } })
})

afterEach(() => void vi.useRealTimers())

/** The cause on the newest row of the log that was refused. */
async function causeOf(work: () => Promise<unknown>): Promise<unknown> {
  await work()
  await flushRequests()
  const row = await db().requestLog.findFirst({ where: { decision: { not: 'ok' } }, orderBy: [{ at: 'desc' }] })
  await db().requestLog.deleteMany({})
  return (row?.detail as { cause?: unknown } | null)?.cause
}

const authorize = (changes: Record<string, string | undefined>, who = owner) => getCode(who, client, changes)
const token = (body: Record<string, string>, using: { id: string; secret: string } | undefined = client) =>
  post(provider.origin, '/oidc/token', body, using)

it.each<[string, () => Promise<unknown>]>([
  ['redirect_uri_not_registered', () => authorize({ redirect_uri: `${CALLBACK}/` })],
  ['redirect_uri_missing', () => authorize({ redirect_uri: undefined })],
  ['client_unavailable', () => authorize({ client_id: 'cl_unknown' })],
  ['pkce_missing', () => authorize({ code_challenge: undefined, code_challenge_method: undefined })],
  ['pkce_method', () => authorize({ code_challenge_method: 'plain' })],
  ['scope_unknown', () => authorize({ scope: 'openid useraddresses' })],
  ['scope_missing', () => authorize({ scope: undefined })],
  ['scope_missing', () => authorize({ scope: 'unknown' })],
  ['response_type', () => authorize({ response_type: 'token' })],
  ['login_required', () => authorize({ prompt: 'none', max_age: '0' })],
  ['parameter', () => authorize({ prompt: 'none login' })],
  ['resource_unknown', () => authorize({ resource: 'https://unknown.example.com' })],
  ['request_object', () => authorize({ request_uri: 'urn:ietf:params:oauth:request_uri:unknown' })],
  ['request_object', () => authorize({ request: 'not.a.jwt' })],
  ['client_auth_failed', () => token({ grant_type: 'client_credentials' }, { ...client, secret: `${client.secret.slice(0, -1)}x` })],
  ['client_unavailable', () => token({ grant_type: 'client_credentials' }, { id: 'cl_unknown', secret: client.secret })],
  ['client_auth_method', () => token({ grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret })],
  ['grant_type', () => token({ grant_type: 'password' })],
  ['grant_type', () => token({ grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' })],
  ['grant_type', () => post(provider.origin, '/oidc/device/auth', { scope: 'openid' }, client)],
  ['parameter', () => token({ grant_type: 'authorization_code', redirect_uri: CALLBACK })],
  ['code_unknown', () => redeem('x'.repeat(43), 'v'.repeat(43))],
  ['refresh_unknown', () => refresh('x'.repeat(43))],
])('%s', async (cause, work) => {
  expect(await causeOf(work)).toBe(cause)
  expect(en.explain.causes).toHaveProperty(cause)
})

it('tells codes and refresh tokens apart: used, expired, of another address, verifier or client', async () => {
  const { code } = await getCode()
  expect(await causeOf(() => redeem(code, 'v'.repeat(43)))).toBe('pkce_failed')
  const second = await getCode()
  expect(await causeOf(() => redeem(second.code, second.verifier, client, { redirect_uri: LIVE }))).toBe('code_redirect_uri')
  const third = await getCode()
  await redeem(third.code, third.verifier)
  expect(await causeOf(() => redeem(third.code, third.verifier))).toBe('code_used')
  const other = await makeClient(client.teamId)
  const fourth = await getCode()
  expect(await causeOf(() => redeem(fourth.code, fourth.verifier, other))).toBe('code_unknown')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
  expect(await causeOf(() => redeem(fourth.code, fourth.verifier))).toBe('code_expired')
})

it('names the rules of domains, secrets and test mode', async () => {
  await domain('localhost', { active: false })
  expect(await causeOf(() => authorize({}))).toBe('domain_inactive')
  await domain('localhost', { active: true, allowLogin: false })
  expect(await causeOf(() => authorize({}))).toBe('login_not_allowed')
  await domain('localhost', { allowLogin: true })
  await domain('app.example.com', { verified: false })
  expect(await causeOf(() => authorize({ redirect_uri: LIVE }))).toBe('domain_unverified')
  await domain('app.example.com', { verified: true })

  const live = await createSecret({ ctx: systemContext('test'), input: { clientId: client.id, mode: 'live' } })
  const { code, verifier } = await getCode()
  expect(await causeOf(() => redeem(code, verifier, { ...client, secret: live.value }))).toBe('secret_mode')
  const { refresh: old } = await tokens()
  await domain('localhost', { active: false })
  expect(await causeOf(() => refresh(old))).toBe('domain_inactive')
  await domain('localhost', { active: true })
  expect(await causeOf(() => authorize({ prompt: 'none' }, stranger))).toMatch(/^(testers_only|login_required)$/)
})

it('shows the cause and the request to the developer who is logged in, and to nobody else', async () => {
  const page = async (who = owner, changes = {}) => (await authorize({ redirect_uri: `${CALLBACK}/new`, ...changes }, who)).end.text
  const shown = await page()
  expect(shown).toContain(en.oidc.error.developer.title)
  expect(shown).toContain('The redirect URI is not registered')
  expect(shown).toMatch(/href="[^"]+\/requests\/req_[0-9A-Za-z]{20}"/)
  for (const text of [await page(stranger), await page(owner, { client_id: 'cl_unknown' })]) {
    expect(text).not.toContain(en.oidc.error.developer.title)
    expect(text).not.toContain('/requests/req_')
  }
  await disableClient({ ctx: owner, input: { clientId: client.id } })
  expect(await page()).toContain('The client is unknown or switched off')
  expect(await page(stranger)).not.toContain('/requests/req_')
})
