import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeClientRow, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { getClientProtocol, registerClient, setExchangeSources, setIntrospectors, setProtocol, setTokenPolicy } from './index.ts'

useTestDatabase()

const DAY = 86_400
const ACTORS = [
  ['owner', 'ok'],
  ['admin', 'ok'],
  ['developer', 'ok'],
  ['viewer', 'permission_denied'],
  ['stranger', 'not_found'],
  ['nobody', 'unauthenticated'],
  ['system', 'ok'],
] as const

let cast: Cast
let clientId: string
let other: string
let foreign: string

const confidential = (id: string) =>
  db().client.update({ where: { id }, data: { type: 'confidential', tokenEndpointAuthMethod: 'client_secret_basic' } })
const publicJwk = (type: 'ec' | 'rsa', options: object) =>
  (generateKeyPairSync as (...args: unknown[]) => { publicKey: { export(o: object): object } })(type, options).publicKey.export({
    format: 'jwk',
  })

beforeAll(async () => {
  cast = await makeCast()
})
beforeEach(async () => {
  clientId = await makeClientRow(cast.teamId)
  other = await makeClientRow(cast.teamId)
  foreign = await makeClientRow(cast.strangerTeamId)
  for (const id of [clientId, other, foreign]) await confidential(id)
})

describe('the protocol settings of a client', () => {
  it.each(ACTORS)('are changed by the %s: %s', async (actor, expected) => {
    expect(await outcome(setProtocol({ ctx: cast[actor], input: { clientId, requirePar: true } }))).toBe(expected)
    expect((await db().client.findUniqueOrThrow({ where: { id: clientId } })).requirePar).toBe(expected === 'ok')
  })

  it('keep what is left out, and are told with an event', async () => {
    await setProtocol({ ctx: cast.owner, input: { clientId, requirePar: true, deviceFlow: true } })
    const after = await setProtocol({ ctx: cast.owner, input: { clientId, requireDpop: true } })
    expect(after).toMatchObject({ requirePar: true, requireDpop: true, deviceFlow: true })
    expect(await db().auditEvent.count({ where: { action: 'client.protocol_changed', targetId: clientId } })).toBe(2)
    expect((await getClientProtocol({ ctx: cast.viewer, input: { clientId } })).settings).toEqual(after)
  })

  const ec = publicJwk('ec', { namedCurve: 'P-256' })
  it.each([
    ['no JSON', 'x', 'jwks_invalid'],
    ['no keys', '{"keys":[]}', 'jwks_invalid'],
    ['a symmetric key', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', 'jwks_private'],
    ['a private key', JSON.stringify({ ...ec, d: 'AAAA' }), 'jwks_private'],
    ['a short RSA key', JSON.stringify(publicJwk('rsa', { modulusLength: 1024 })), 'jwks_unusable'],
    ['another curve', JSON.stringify(publicJwk('ec', { namedCurve: 'P-521' })), 'jwks_unusable'],
    ['a broken key', JSON.stringify({ ...ec, x: 'AA' }), 'jwks_unusable'],
    ['NUL in an id', JSON.stringify({ ...ec, kid: 'a\0b' }), 'jwks_characters'],
    ['half a character in an id', JSON.stringify({ ...ec, kid: 'a\ud800b' }), 'jwks_characters'],
    ['encryption only', JSON.stringify({ ...ec, use: 'enc' }), 'jwks_unusable'],
  ])('refuse %s as a key', async (_name, jwks, code) => {
    await expect(setProtocol({ ctx: cast.owner, input: { clientId, jwks } })).rejects.toMatchObject({ fields: [{ path: 'jwks', code }] })
  })

  it.each(['jwksUri', 'backchannelLogoutUri'])('refuse half a character in %s', async (field) => {
    const input = { clientId, [field]: 'https://app.example.com/\ud800' }
    await expect(setProtocol({ ctx: cast.owner, input })).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: field }] })
  })

  it('are refused as well where software registers itself, and nothing is left of it', async () => {
    const jwks = { keys: [{ ...ec, kid: 'a\0b' }] }
    const metadata = { redirect_uris: ['http://localhost:4000/cb'], token_endpoint_auth_method: 'private_key_jwt', jwks }
    // Room in the plan.
    await db().client.updateMany({ data: { deletedAt: new Date() } })
    const made = registerClient({ ctx: cast.system, input: { teamId: cast.teamId, metadata } })
    await expect(made).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'jwks', code: 'jwks_characters' }] })
    expect(await db().client.count({ where: { deletedAt: null } })).toBe(0)
  })

  it('take one key as well as a set, without what does not belong', async () => {
    const { jwks } = await setProtocol({
      ctx: cast.owner,
      input: { clientId, jwks: JSON.stringify({ ...ec, x5u: 'https://evil.example' }) },
    })
    expect(jwks).toEqual({ keys: [ec] })
  })

  it('want keys where keys prove, and the method that fits the type', async () => {
    const refusal = (input: object) => setProtocol({ ctx: cast.owner, input: { clientId, ...input } })
    await expect(refusal({ authMethod: 'private_key_jwt' })).rejects.toMatchObject({ fields: [{ code: 'jwks_required' }] })
    await expect(refusal({ requireSignedRequest: true })).rejects.toMatchObject({ fields: [{ code: 'jwks_required' }] })
    await expect(refusal({ authMethod: 'none' })).rejects.toMatchObject({ fields: [{ code: 'auth_method_type' }] })
    await expect(refusal({ backchannelLogoutUri: 'https://10.0.0.1/x' })).rejects.toMatchObject({
      fields: [{ code: 'outgoing_uri_private' }],
    })
    await expect(refusal({ backchannelLogoutUri: 'http://app.example.com/x' })).rejects.toMatchObject({
      fields: [{ code: 'outgoing_uri_https' }],
    })
  })
})

describe('the token policy of a client', () => {
  it.each(ACTORS)('is changed by the %s: %s', async (actor, expected) => {
    expect(await outcome(setTokenPolicy({ ctx: cast[actor], input: { clientId, accessTokenTtl: 120 } }))).toBe(expected)
  })

  it.each([
    ['accessTokenTtl', 59],
    ['accessTokenTtl', DAY + 1],
    ['accessTokenTtl', 90.5],
    ['accessTokenTtl', Number.NaN],
    ['idTokenTtl', -1],
    ['refreshTokenTtl', 366 * DAY],
    ['refreshTokenCap', 60],
    ['sessionTtl', 31 * DAY],
    ['refreshReuseLeeway', 61],
  ])('keeps %s inside its bounds (%d)', async (name, value) => {
    expect(await outcome(setTokenPolicy({ ctx: cast.owner, input: { clientId, [name]: value } }))).toBe('validation_failed')
  })

  it('keeps inside the plan, and what one field says must fit the other', async () => {
    const set = (input: object) => setTokenPolicy({ ctx: cast.owner, input: { clientId, ...input } })
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'free' } })
    await expect(set({ refreshTokenCap: 91 * DAY })).rejects.toMatchObject({ fields: [{ code: 'plan_cap', params: { days: 90 } }] })
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'pro' } })
    expect(await set({ refreshTokenCap: 365 * DAY })).toMatchObject({ refreshTokenCap: 365 * DAY })
    await expect(set({ refreshTokenCap: 2 * DAY, refreshTokenTtl: 3 * DAY })).rejects.toMatchObject({
      fields: [{ code: 'longer_than_cap' }],
    })
    expect(await set({ refreshTokenCap: null, accessTokenTtl: null })).toMatchObject({ refreshTokenCap: null, accessTokenTtl: null })
  })

  it.each(ACTORS)('has its ID tokens’ algorithm changed by the %s: %s', async (actor, expected) => {
    expect(await outcome(setTokenPolicy({ ctx: cast[actor], input: { clientId, idTokenSignedResponseAlg: 'ES256' } }))).toBe(expected)
    const { idTokenSignedResponseAlg } = await db().client.findUniqueOrThrow({ where: { id: clientId } })
    expect(idTokenSignedResponseAlg).toBe(expected === 'ok' ? 'ES256' : 'RS256')
  })

  it('keeps what ID tokens are signed with when it is left out, and tells before and after', async () => {
    const set = (input: object) => setTokenPolicy({ ctx: cast.owner, input: { clientId, ...input } })
    expect(await set({ idTokenSignedResponseAlg: 'EdDSA' })).toMatchObject({ idTokenSignedResponseAlg: 'EdDSA' })
    const event = await db().auditEvent.findFirstOrThrow({ where: { action: 'client.token_policy_changed', targetId: clientId } })
    expect([event.before, event.after]).toMatchObject([{ idTokenSignedResponseAlg: 'RS256' }, { idTokenSignedResponseAlg: 'EdDSA' }])
    expect(await set({ accessTokenTtl: 120 })).toMatchObject({ idTokenSignedResponseAlg: 'EdDSA', accessTokenTtl: 120 })
    expect((await getClientProtocol({ ctx: cast.viewer, input: { clientId } })).policy.idTokenSignedResponseAlg).toBe('EdDSA')
  })

  it.each(['none', 'HS256', 'PS256', 'es256', '', null])('refuses %s for ID tokens', async (alg) => {
    const asked = setTokenPolicy({ ctx: cast.owner, input: { clientId, idTokenSignedResponseAlg: alg as never } })
    await expect(asked).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'idTokenSignedResponseAlg' }] })
  })

  it('lets refresh tokens stay only where they are bound', async () => {
    const stay = () => setTokenPolicy({ ctx: cast.owner, input: { clientId, rotateRefreshTokens: false } })
    await expect(stay()).rejects.toMatchObject({ fields: [{ code: 'rotation_or_bound' }] })
    await setProtocol({ ctx: cast.owner, input: { clientId, requireDpop: true } })
    expect(await stay()).toMatchObject({ rotateRefreshTokens: false })
    await expect(setProtocol({ ctx: cast.owner, input: { clientId, requireDpop: false } })).rejects.toMatchObject({
      fields: [{ code: 'dpop_for_rotation' }],
    })
  })
})

describe('the partners of a client', () => {
  it.each(ACTORS)('are named by the %s: %s', async (actor, expected) => {
    expect(await outcome(setIntrospectors({ ctx: cast[actor], input: { clientId, partnerIds: [other] } }))).toBe(expected)
    expect(await outcome(setExchangeSources({ ctx: cast[actor], input: { clientId, subjectClientIds: [other] } }))).toBe(expected)
  })

  it('may be of another team for introspection, of the same for exchange; never unknown or public', async () => {
    expect(await setIntrospectors({ ctx: cast.owner, input: { clientId, partnerIds: [foreign, other, clientId] } })).toEqual({
      partnerIds: [foreign, other],
    })
    const told = (await getClientProtocol({ ctx: cast.owner, input: { clientId } })).introspectors
    expect(told.find(({ id }) => id === foreign)?.name).toBeNull()
    expect(told.find(({ id }) => id === other)?.name).toBe('A client')
    await expect(setExchangeSources({ ctx: cast.owner, input: { clientId, subjectClientIds: [foreign] } })).rejects.toMatchObject({
      fields: [{ code: 'partner_unknown' }],
    })
    await db().client.update({ where: { id: other }, data: { type: 'public', tokenEndpointAuthMethod: 'none' } })
    await expect(setIntrospectors({ ctx: cast.owner, input: { clientId, partnerIds: [other] } })).rejects.toMatchObject({
      fields: [{ code: 'partner_public' }],
    })
  })
})
