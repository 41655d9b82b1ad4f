import { beforeAll, describe, expect, it } from 'vitest'
import { db, transaction } from '#lib/db.ts'
import { type Cast, makeCast, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import {
  allowConsent,
  endUserTokens,
  findConsent,
  listConsents,
  revokeClientTokens,
  revokeOwnTokens,
  revokeTeamTokens,
  takeBackConsent,
} from './index.ts'

useTestDatabase()

let cast: Cast
let clientId: string
const subOf = ({ actor }: Cast['owner']) => (actor as { sub: string }).sub

beforeAll(async () => {
  cast = await makeCast()
  clientId = `cl_${Date.now()}`
  await db().client.create({
    data: {
      id: clientId,
      teamId: cast.teamId,
      name: 'An app',
      grantTypes: [],
      tokenEndpointAuthMethod: 'none',
      scopes: { create: [{ scopeName: 'openid' }, { scopeName: 'email' }] },
    },
  })
})

async function artifact(kind: string, accountId: string | null, of = clientId): Promise<Buffer> {
  const idHash = Buffer.from(crypto.getRandomValues(new Uint8Array(32)))
  await db().oidcArtifact.create({ data: { idHash: new Uint8Array(idHash), kind, clientId: of, accountId, payload: new Uint8Array(1) } })
  return idHash
}

const exists = async (idHash: Buffer) => (await db().oidcArtifact.count({ where: { idHash: new Uint8Array(idHash) } })) === 1

describe('a consent', () => {
  it('grows with what is allowed, and only by scopes that the client has', async () => {
    expect(await allowConsent({ ctx: cast.stranger, input: { clientId, scopes: ['openid'] } })).toEqual({
      scopes: ['openid'],
      declined: [],
    })
    expect(await allowConsent({ ctx: cast.stranger, input: { clientId, scopes: ['email', 'useraddresses'] } })).toEqual({
      scopes: ['email', 'openid'],
      declined: [],
    })
    expect((await findConsent(subOf(cast.stranger), clientId))?.scopes).toEqual(['email', 'openid'])
    expect(await listConsents({ ctx: cast.stranger })).toMatchObject([{ clientId, name: 'An app', scopes: ['email', 'openid'] }])
  })

  it('is given by a person only, and to a client that is active', async () => {
    expect(await outcome(allowConsent({ ctx: cast.nobody, input: { clientId, scopes: ['openid'] } }))).toBe('unauthenticated')
    expect(await outcome(allowConsent({ ctx: cast.system, input: { clientId, scopes: ['openid'] } }))).toBe('unauthenticated')
    expect(await outcome(allowConsent({ ctx: cast.stranger, input: { clientId: 'cl_none', scopes: ['openid'] } }))).toBe('not_found')
    await db().client.update({ where: { id: clientId }, data: { status: 'disabled' } })
    expect(await outcome(allowConsent({ ctx: cast.stranger, input: { clientId, scopes: ['openid'] } }))).toBe('not_found')
    await db().client.update({ where: { id: clientId }, data: { status: 'active' } })
  })

  it('taken back ends the tokens of that person with that client, and nobody else’s', async () => {
    await allowConsent({ ctx: cast.stranger, input: { clientId, scopes: ['openid'] } })
    await allowConsent({ ctx: cast.owner, input: { clientId, scopes: ['openid'] } })
    const [mine, others] = [await artifact('AccessToken', subOf(cast.stranger)), await artifact('AccessToken', subOf(cast.owner))]
    expect(await outcome(takeBackConsent({ ctx: cast.viewer, input: { clientId } }))).toBe('not_found')
    expect(await outcome(takeBackConsent({ ctx: cast.nobody, input: { clientId } }))).toBe('unauthenticated')
    expect(await takeBackConsent({ ctx: cast.stranger, input: { clientId } })).toEqual({ ended: 1 })
    expect([await exists(mine), await exists(others)]).toEqual([false, true])
    expect(await findConsent(subOf(cast.stranger), clientId)).toBeNull()
    expect(await findConsent(subOf(cast.owner), clientId)).not.toBeNull()
    expect(await db().auditEvent.count({ where: { action: 'consent.taken_back', targetId: clientId } })).toBe(1)
  })
})

describe('revoking the tokens of a client', () => {
  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('by the %s: %s', async (who, expected) => {
    const token = await artifact('RefreshToken', subOf(cast.owner))
    expect(await outcome(revokeClientTokens({ ctx: cast[who], input: { clientId } }))).toBe(expected)
    expect(await exists(token)).toBe(expected !== 'ok')
  })

  it('leaves consents and other clients alone', async () => {
    const other = await artifact('RefreshToken', subOf(cast.owner), 'cl_other')
    await revokeClientTokens({ ctx: cast.owner, input: { clientId } })
    expect(await exists(other)).toBe(true)
    expect(await findConsent(subOf(cast.owner), clientId)).not.toBeNull()
  })
})

it('everything of one person ends with all clients, but not their sessions', async () => {
  const [a, b, session] = [
    await artifact('AccessToken', '77', 'cl_a'),
    await artifact('RefreshToken', '77', 'cl_b'),
    await artifact('Session', null),
  ]
  expect(await transaction((tx) => endUserTokens(tx, '77'))).toBe(2)
  expect([await exists(a), await exists(b), await exists(session)]).toEqual([false, false, true])
})

describe('revoking the tokens of a team', () => {
  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('by the %s: %s', async (who, expected) => {
    const [token, foreign] = [await artifact('RefreshToken', subOf(cast.owner)), await artifact('RefreshToken', null, 'cl_other')]
    expect(await outcome(revokeTeamTokens({ ctx: cast[who], input: { teamId: cast.teamId } }))).toBe(expected)
    expect([await exists(token), await exists(foreign)]).toEqual([expected !== 'ok', true])
  })
})

it('revokes the tokens of a team only when its name was typed right', async () => {
  const token = await artifact('RefreshToken', subOf(cast.owner))
  const { name } = await db().team.findUniqueOrThrow({ where: { id: cast.teamId } })
  const revoke = (typed: string) => outcome(revokeTeamTokens({ ctx: cast.owner, input: { teamId: cast.teamId, name: typed } }))
  expect(await revoke(`${name}x`)).toBe('validation_failed')
  expect(await exists(token)).toBe(true)
  expect(await revoke(` ${name} `)).toBe('ok')
  expect(await exists(token)).toBe(false)
})

it('a person ends their own tokens with all clients, and only theirs', async () => {
  const [a, b, others] = [
    await artifact('AccessToken', subOf(cast.viewer)),
    await artifact('RefreshToken', subOf(cast.viewer), 'cl_b'),
    await artifact('AccessToken', subOf(cast.owner)),
  ]
  expect(await outcome(revokeOwnTokens({ ctx: cast.nobody }))).toBe('unauthenticated')
  expect(await revokeOwnTokens({ ctx: cast.viewer })).toEqual({ revoked: 2 })
  expect([await exists(a), await exists(b), await exists(others)]).toEqual([false, false, true])
})
