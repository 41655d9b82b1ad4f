import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setProtocol } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setSingleton } from '#lib/registry.ts'
import { post } from './testing.ts'
import { client, makeClient, provider, type TestClient, useFlow } from './testing-flow.ts'
import { assertion, makeKey, seconds, signed, type TestKey } from './testing-proofs.ts'

useFlow()

const ctx = systemContext('test')
const issuer = () => `${provider.origin}/oidc`
const token = (form: Record<string, string>) => post(provider.origin, '/oidc/token', { grant_type: 'client_credentials', ...form })

async function keyClient(alg = 'ES256', members: object = {}): Promise<{ app: TestClient; key: TestKey }> {
  const app = await makeClient(client.teamId)
  const key = await makeKey(alg)
  const jwks = JSON.stringify({ keys: [{ ...key.jwk, ...members }] })
  await setProtocol({ ctx, input: { clientId: app.id, authMethod: 'private_key_jwt', jwks } })
  return { app, key }
}

describe('private_key_jwt (RFC 7523)', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'])('proves the client with %s, to the issuer and to the endpoint', async (alg) => {
    const { app, key } = await keyClient(alg)
    expect((await token(await assertion(key, app.id, issuer()))).status).toBe(200)
    expect((await token(await assertion(key, app.id, `${issuer()}/token`))).status).toBe(200)
  })

  it.each(['EdDSA', 'Ed25519'])(
    'takes either name of a signature by a key on Ed25519 that is registered for %s (RFC 9864)',
    async (registered) => {
      for (const alg of ['EdDSA', 'Ed25519']) {
        const { app, key } = await keyClient(alg, { alg: registered })
        expect((await token(await assertion(key, app.id, issuer()))).status).toBe(200)
      }
      const { app, key } = await keyClient('PS256', { alg: 'RS256' })
      expect((await token(await assertion(key, app.id, issuer()))).body.error).toBe('invalid_client')
    },
  )

  it('passes once of twenty parallel uses, and never again', async () => {
    const { app, key } = await keyClient()
    const form = await assertion(key, app.id, issuer())
    const answers = await Promise.all(Array.from({ length: 20 }, () => token(form)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status, body }) => status === 401 && body.error === 'invalid_client')).toHaveLength(19)
    expect((await token(form)).status).toBe(401)
  })

  it('refuses what is expired, early, unsigned, foreign, mixed up or without an id', async () => {
    const { app, key } = await keyClient()
    const stranger = await makeKey()
    const form = (jwt: string) => ({
      client_id: app.id,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: jwt,
    })
    const claims = { iss: app.id, sub: app.id, aud: issuer(), jti: 'x', iat: seconds(), exp: seconds() + 60 }
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
    const hs = (text: string) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(text))
    const bad: [string, Record<string, string>][] = [
      ['expired', await assertion(key, app.id, issuer(), { iat: seconds() - 300, exp: seconds() - 120 })],
      ['future iat', await assertion(key, app.id, issuer(), { iat: seconds() + 300, exp: seconds() + 360 })],
      ['far exp', await assertion(key, app.id, issuer(), { exp: seconds() + 86_400 })],
      ['no exp', await assertion(key, app.id, issuer(), { exp: undefined } as never)],
      ['no jti', await assertion(key, app.id, issuer(), { jti: undefined } as never)],
      ['an odd jti', await assertion(key, app.id, issuer(), { jti: { a: 1 } } as never)],
      ['another audience', await assertion(key, app.id, 'https://other.example')],
      ['another issuer', await assertion(key, app.id, issuer(), { iss: client.id })],
      ['a foreign key', await assertion({ ...stranger, jwk: { ...stranger.jwk, kid: key.jwk.kid ?? '' } }, app.id, issuer())],
      ['alg none', form(none)],
      ['HS256 over the public key', form(await hs(JSON.stringify(key.jwk)))],
      ['HS256 over the secret', form(await hs(app.secret))],
      ['nonsense', form('a.b.c')],
      ['the secret', { client_id: app.id, client_secret: app.secret }],
    ]
    for (const [name, fields] of bad) {
      const { status, body } = await token(fields)
      expect([name, status, body.error]).toEqual([
        name,
        name === 'nonsense' ? 400 : 401,
        name === 'nonsense' ? 'invalid_request' : 'invalid_client',
      ])
    }
  })

  it('is not for a client that has a secret', async () => {
    const key = await makeKey()
    expect((await token(await assertion(key, client.id, issuer()))).body.error).toBe('invalid_client')
  })
})

describe('jwks_uri', () => {
  let server: Server
  let address = ''
  let answer: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: '{}' }
  let asked = 0

  beforeAll(async () => {
    server = createServer((_, res) => {
      asked++
      res.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://keys.example.test:${(server.address() as AddressInfo).port}/jwks`
  })
  afterAll(() => server.close())

  const network = (mayReach: boolean) =>
    setSingleton('outgoing.network', {
      addresses: async () => [{ address: '127.0.0.1', family: 4 }],
      mayReach: () => mayReach,
      allowsPrivate: true,
    })

  it('is asked for keys, and again when a new key signs', async () => {
    network(true)
    const app = await makeClient(client.teamId)
    const key = await makeKey()
    answer = { status: 200, body: JSON.stringify({ keys: [key.jwk] }) }
    await setProtocol({ ctx, input: { clientId: app.id, authMethod: 'private_key_jwt', jwksUri: address } })
    expect((await token(await assertion(key, app.id, issuer()))).status).toBe(200)

    const edwards = await makeKey('Ed25519')
    answer = { status: 200, body: JSON.stringify({ keys: [{ ...edwards.jwk, alg: 'EdDSA' }] }) }
    await db().client.update({ where: { id: app.id }, data: { name: 'Another set' } })
    expect((await token(await assertion(edwards, app.id, issuer()))).status).toBe(200)
  })

  it('is refused at a private address, a redirect, an error, and too much', async () => {
    const app = await makeClient(client.teamId)
    const key = await makeKey()
    network(true)
    await setProtocol({ ctx, input: { clientId: app.id, authMethod: 'private_key_jwt', jwksUri: address } })
    const good = JSON.stringify({ keys: [key.jwk] })
    const refusal = async () => {
      const { status, body } = await token(await assertion(key, app.id, issuer()))
      return [status, body.error]
    }
    network(false)
    const before = asked
    answer = { status: 200, body: good }
    expect(await refusal()).toEqual([401, 'invalid_client'])
    expect(asked).toBe(before)

    network(true)
    for (const bad of [
      { status: 302, body: '', headers: { location: `${address}/elsewhere` } },
      { status: 500, body: good },
      { status: 200, body: good + ' '.repeat(70_000) },
      { status: 200, body: 'no json' },
    ]) {
      // A client is kept with its keys for a while by what is known of it: so each try is another.
      await db().client.update({ where: { id: app.id }, data: { name: `Try ${bad.status} ${bad.body.length}` } })
      answer = bad
      expect(await refusal()).toEqual([401, 'invalid_client'])
    }
    answer = { status: 200, body: good }
    await db().client.update({ where: { id: app.id }, data: { name: 'Last' } })
    expect(await refusal()).toEqual([200, undefined])
  })

  it('is refused by the form when it is private, plain http, or no address', async () => {
    setSingleton('outgoing.network', { addresses: async () => [], mayReach: () => false, allowsPrivate: false })
    for (const uri of [
      'http://example.com/jwks',
      'https://127.0.0.1/jwks',
      'https://localhost/jwks',
      'https://[::1]/',
      'https://u:p@example.com/',
      'ftp://example.com',
      'x',
    ]) {
      await expect(setProtocol({ ctx, input: { clientId: client.id, jwksUri: uri } })).rejects.toMatchObject({ code: 'validation_failed' })
    }
    const both = await makeKey()
    await expect(
      setProtocol({ ctx, input: { clientId: client.id, jwksUri: 'https://keys.example.com/', jwks: JSON.stringify(both.jwk) } }),
    ).rejects.toMatchObject({ fields: [{ code: 'jwks_both' }] })
  })
})

it('a signature by the wrong kid is none', async () => {
  const { app, key } = await keyClient()
  const jwt = await signed(
    key,
    { iss: app.id, sub: app.id, aud: issuer(), jti: 'y', iat: seconds(), exp: seconds() + 60 },
    { kid: 'other' },
  )
  const form = { client_id: app.id, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt }
  expect((await token(form)).body.error).toBe('invalid_client')
})
