import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, createSecret, flushSecretUses, getClient, noteSecretUse, revokeSecret, rotateSecret } from './index.ts'

const HOUR_MS = 3_600_000

describe('secrets of a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string
  let secretId: string

  beforeEach(async () => {
    cast = await makeCast()
    const made = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })
    clientId = made.client.id
    secretId = made.secret?.id ?? ''
  })

  it.each([
    ['owner', 'ok', 'ok'],
    ['developer', 'ok', 'ok'],
    ['viewer', 'permission_denied', 'ok'],
    ['stranger', 'not_found', 'not_found'],
    ['nobody', 'unauthenticated', 'unauthenticated'],
    ['system', 'ok', 'ok'],
  ] as const)('%s: change %s, read %s', async (actor, change, read) => {
    const ctx = cast[actor]
    expect(await outcome(createSecret({ ctx, input: { clientId } }))).toBe(change)
    expect(await outcome(rotateSecret({ ctx, input: { clientId, secretId, overlap: '1h' } }))).toBe(change)
    expect(await outcome(revokeSecret({ ctx, input: { clientId, secretId } }))).toBe(change)
    expect(await outcome(getClient({ ctx, input: { clientId } }))).toBe(read)
  })

  it('makes a test secret unless told, with label and expiry', async () => {
    expect(await createSecret({ ctx: cast.owner, input: { clientId } })).toMatchObject({ mode: 'test', label: null, expiresAt: null })
    const made = await createSecret({ ctx: cast.owner, input: { clientId, mode: 'live', label: ' CI ', expiresAt: '2999-01-31' } })
    expect(made).toMatchObject({ mode: 'live', label: 'CI', expiresAt: '2999-01-31T00:00:00.000Z', state: 'expiring' })
    expect(made.value).toMatch(/^xws_live_.*$/)
    expect(made.value.endsWith(made.hint)).toBe(true)
  })

  it.each([
    ['2999-01-31T10:00:00', '2999-01-31T10:00:00.000Z'],
    ['2999-01-31T10:00:00+02:00', '2999-01-31T08:00:00.000Z'],
    ['2020-01-01', 'date_past'],
    ['tomorrow', 'date_invalid'],
    ['2999-02-30', 'date_invalid'],
  ])('reads the expiry %s as %s', async (expiresAt, expected) => {
    const made = createSecret({ ctx: cast.owner, input: { clientId, expiresAt } })
    if (expected.startsWith('date_')) await expect(made).rejects.toMatchObject({ fields: [{ path: 'expiresAt', code: expected }] })
    else expect((await made).expiresAt).toBe(expected)
  })

  it('makes none for a public client', async () => {
    const { client } = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'App', type: 'public' } })
    await expect(createSecret({ ctx: cast.owner, input: { clientId: client.id } })).rejects.toMatchObject({
      params: { reason: 'public_client' },
    })
  })

  it('has a bound, in parallel too', async () => {
    const outcomes = await Promise.all(Array.from({ length: 22 }, () => outcome(createSecret({ ctx: cast.owner, input: { clientId } }))))
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(19)
  })

  it.each([
    ['1h', HOUR_MS],
    ['24h', 24 * HOUR_MS],
    ['7d', 7 * 24 * HOUR_MS],
  ] as const)('rotates with an overlap of %s', async (overlap, ms) => {
    const started = Date.now()
    const { secret, previous } = await rotateSecret({ ctx: cast.owner, input: { clientId, secretId, overlap } })
    expect(secret).toMatchObject({ mode: 'test', state: 'active' })
    expect(previous).toMatchObject({ id: secretId, state: 'expiring', revokedAt: null })
    const ends = Date.parse(previous.expiresAt ?? '')
    expect(ends).toBeGreaterThanOrEqual(started + ms)
    expect(ends).toBeLessThanOrEqual(Date.now() + ms)
  })

  it('rotates at once with the overlap now, and not again after', async () => {
    const { previous } = await rotateSecret({ ctx: cast.owner, input: { clientId, secretId, overlap: 'now' } })
    expect(previous.state).toBe('revoked')
    await expect(rotateSecret({ ctx: cast.owner, input: { clientId, secretId, overlap: 'now' } })).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'secret_dead' },
    })
  })

  it('never lengthens the life of the old secret, and keeps mode, label and domains', async () => {
    const expiresAt = new Date(Date.now() + HOUR_MS / 2).toISOString()
    const old = await createSecret({ ctx: cast.owner, input: { clientId, mode: 'live', label: 'CI', expiresAt } })
    const domain = await db().domain.findFirstOrThrow({ where: { clientId } })
    await db().secretDomain.create({ data: { secretId: old.id, domainId: domain.id } })
    const { secret, previous } = await rotateSecret({ ctx: cast.owner, input: { clientId, secretId: old.id, overlap: '7d' } })
    expect(previous.expiresAt).toBe(expiresAt)
    expect(secret).toMatchObject({ mode: 'live', label: 'CI', expiresAt: null })
    expect(await db().secretDomain.findMany({ where: { secretId: secret.id } })).toMatchObject([{ domainId: domain.id }])
  })

  it('revokes for ever, once in the audit trail', async () => {
    const first = await revokeSecret({ ctx: cast.owner, input: { clientId, secretId } })
    expect(first.state).toBe('revoked')
    expect((await revokeSecret({ ctx: cast.owner, input: { clientId, secretId } })).revokedAt).toBe(first.revokedAt)
    expect(await db().auditEvent.count({ where: { action: 'secret.revoked', targetId: secretId } })).toBe(1)
  })

  it('reaches no secret of another client', async () => {
    const other = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Other' } })
    const input = { clientId: other.client.id, secretId }
    expect(await outcome(revokeSecret({ ctx: cast.owner, input }))).toBe('not_found')
    expect(await outcome(rotateSecret({ ctx: cast.owner, input: { ...input, overlap: 'now' } }))).toBe('not_found')
  })

  it('lists without values and hashes, and the audit trail has neither', async () => {
    const { secret } = await rotateSecret({ ctx: cast.owner, input: { clientId, secretId, overlap: '1h' } })
    const list = (await getClient({ ctx: cast.viewer, input: { clientId } })).secrets
    expect(list.map(({ id }) => id).sort()).toEqual([secret.id, secretId].sort())
    const events = await db().auditEvent.findMany({ where: { teamId: cast.teamId } })
    for (const text of [JSON.stringify(list), JSON.stringify(events)]) {
      expect(text).not.toContain(secret.value)
      expect(text).not.toMatch(/hash|xws_/)
    }
  })

  it('remembers the last use of a secret and of its client', async () => {
    noteSecretUse(secretId, '203.0.113.1')
    noteSecretUse(secretId, '203.0.113.4')
    noteSecretUse('sec_gone', null)
    await flushSecretUses()
    const [secret] = (await getClient({ ctx: cast.owner, input: { clientId } })).secrets
    expect(secret?.lastUsedIp).toBe('203.0.113.4')
    expect(Date.now() - Date.parse(secret?.lastUsedAt ?? '')).toBeLessThan(60_000)
    expect((await db().client.findUniqueOrThrow({ where: { id: clientId } })).lastUsedAt?.toISOString()).toBe(secret?.lastUsedAt)
  })
})
