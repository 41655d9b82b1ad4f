import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { resolveAccessToken } from './index.ts'
import { post } from './testing.ts'
import { CALLBACK, client, getCode, makeClient, owner, provider, type TestClient, useFlow } from './testing-flow.ts'
import { makeKey, proof, seconds, type TestKey } from './testing-proofs.ts'

useFlow()

const ctx = systemContext('test')
const endpoint = (name: 'token' | 'me' | 'request' = 'token') => `${provider.origin}/oidc/${name}`
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

const credentials = (dpop: string, using: TestClient = client) =>
  post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, using, { dpop })
const redeemWith = (code: string, verifier: string, dpop: string | null, using: TestClient) =>
  post(
    provider.origin,
    '/oidc/token',
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK },
    using,
    dpop === null ? {} : { dpop },
  )
const me = (token: string, headers: Record<string, string>) =>
  fetch(endpoint('me'), { headers: { authorization: `DPoP ${token}`, ...headers } })

async function boundTokens(key: TestKey, using: TestClient = client) {
  const { code, verifier } = await getCode(owner, using)
  const answer = await redeemWith(code, verifier, await proof(key, 'POST', endpoint()), using)
  expect(answer.status).toBe(200)
  return { access: String(answer.body.access_token), refresh: String(answer.body.refresh_token), type: answer.body.token_type }
}

describe('DPoP (RFC 9449)', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'])(
    'binds a token to a %s key, of which a proof is needed at each use',
    async (alg) => {
      const key = await makeKey(alg)
      const { access, type } = await boundTokens(key)
      expect(type).toBe('DPoP')
      const ath = hashOf(access)
      expect((await me(access, { dpop: await proof(key, 'GET', endpoint('me'), { ath }) })).status).toBe(200)
      expect((await me(access, { dpop: await proof(await makeKey(), 'GET', endpoint('me'), { ath }) })).status).toBe(401)
      expect((await fetch(endpoint('me'), { headers: { authorization: `Bearer ${access}` } })).status).toBe(401)
    },
  )

  it('is not taken as a bearer token by our own API', async () => {
    expect(await resolveAccessToken((await boundTokens(await makeKey())).access)).toMatchObject({ ok: false, error: 'invalid_token' })
  })

  it('takes a proof once, of twenty in parallel', async () => {
    const key = await makeKey()
    const dpop = await proof(key, 'POST', endpoint())
    const answers = await Promise.all(Array.from({ length: 20 }, () => credentials(dpop)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status, body }) => status === 400 && body.error === 'invalid_grant')).toHaveLength(19)

    const { access } = await boundTokens(key)
    const used = await proof(key, 'GET', endpoint('me'), { ath: hashOf(access) })
    expect((await me(access, { dpop: used })).status).toBe(200)
    expect((await me(access, { dpop: used })).status).toBe(401)
  })

  it('refuses proofs of another place, method or time, without an id, unsigned or confused', async () => {
    const key = await makeKey()
    const { SignJWT } = await import('jose')
    const { kid: _, use: __, ...jwk } = key.jwk
    const claims = { htm: 'POST', htu: endpoint(), jti: 'x', iat: seconds() }
    const header = (alg: string) => Buffer.from(JSON.stringify({ alg, typ: 'dpop+jwt', jwk })).toString('base64url')
    const bad: [string, string][] = [
      ['wrong htu', await proof(key, 'POST', endpoint('me'))],
      ['foreign htu', await proof(key, 'POST', 'https://evil.example/oidc/token')],
      ['wrong htm', await proof(key, 'GET', endpoint())],
      ['no htu', await proof(key, 'POST', endpoint(), { htu: undefined })],
      ['no jti', await proof(key, 'POST', endpoint(), { jti: undefined } as never)],
      ['wrong typ', await proof(key, 'POST', endpoint(), {}, { typ: 'jwt' })],
      ['alg none', `${header('none')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`],
      [
        'HS256',
        await new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk })
          .sign(new TextEncoder().encode(JSON.stringify(jwk))),
      ],
      ['a private key inside', await proof(key, 'POST', endpoint(), {}, { jwk: { ...jwk, d: 'AAAA' } })],
      ['nonsense', 'a.b.c'],
    ]
    for (const [name, dpop] of bad) {
      const { status, body } = await credentials(dpop)
      expect([name, status, body.error]).toEqual([name, 400, 'invalid_dpop_proof'])
    }
  })

  it('asks a proof whose time is off for a nonce, and takes it with one, once', async () => {
    const key = await makeKey()
    for (const iat of [seconds() - 3_600, seconds() + 3_600]) {
      const first = await credentials(await proof(key, 'POST', endpoint(), { iat }))
      expect([first.status, first.body.error]).toEqual([400, 'use_dpop_nonce'])
      const nonce = first.headers.get('dpop-nonce') ?? ''
      const dpop = await proof(key, 'POST', endpoint(), { iat, nonce })
      expect((await credentials(dpop)).status).toBe(200)
      expect((await credentials(dpop)).body.error).toBe('invalid_grant')
    }
    const made = await credentials(await proof(key, 'POST', endpoint(), { nonce: 'made-up' }))
    expect([made.body.error, made.headers.get('dpop-nonce') !== null]).toEqual(['use_dpop_nonce', true])
  })

  it('is required, with a nonce, where the owner says so', async () => {
    const strict = await makeClient(client.teamId)
    await setProtocol({ ctx, input: { clientId: strict.id, requireDpop: true } })
    const key = await makeKey()
    const { code, verifier } = await getCode(owner, strict)
    expect((await redeemWith(code, verifier, null, strict)).body.error).toBe('invalid_grant')
    const asked = await redeemWith(code, verifier, await proof(key, 'POST', endpoint()), strict)
    expect(asked.body.error).toBe('use_dpop_nonce')
    const nonce = asked.headers.get('dpop-nonce') ?? ''
    const done = await redeemWith(code, verifier, await proof(key, 'POST', endpoint(), { nonce }), strict)
    expect([done.status, done.body.token_type]).toEqual([200, 'DPoP'])
    expect((await post(provider.origin, '/oidc/token', { grant_type: 'client_credentials' }, strict)).body.error).toBe('invalid_grant')
  })

  it('binds a code to the key of dpop_jkt', async () => {
    const [key, other] = [await makeKey(), await makeKey()]
    const { calculateJwkThumbprint } = await import('jose')
    const dpop_jkt = await calculateJwkThumbprint(key.jwk)
    const stolen = await getCode(owner, client, { dpop_jkt })
    expect((await redeemWith(stolen.code, stolen.verifier, await proof(other, 'POST', endpoint()), client)).body.error).toBe(
      'invalid_grant',
    )
    const plain = await getCode(owner, client, { dpop_jkt })
    expect((await redeemWith(plain.code, plain.verifier, null, client)).body.error).toBe('invalid_grant')
    const right = await getCode(owner, client, { dpop_jkt })
    expect((await redeemWith(right.code, right.verifier, await proof(key, 'POST', endpoint()), client)).status).toBe(200)
  })
})
