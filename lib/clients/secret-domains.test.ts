import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { removeDomain } from '#lib/domains/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, getClient, revokeSecret, setSecretDomains } from './index.ts'

describe('the domains of a secret', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string
  let secretId: string
  let ids: string[]

  const make = async () => {
    const input = { teamId: cast.teamId, name: 'Shop', domains: ['localhost', 'a.example.com', 'b.example.com'] }
    const { client, secret, domains } = await createClient({ ctx: cast.owner, input })
    return { clientId: client.id, secretId: secret?.id ?? '', ids: domains.map(({ id }) => id).sort() }
  }

  beforeEach(async () => {
    // A team of its own each time: its plan has room for few clients.
    cast = await makeCast()
    ;({ clientId, secretId, ids } = await make())
  })

  const set = (domainIds: string[], ctx = cast.owner) => setSecretDomains({ ctx, input: { clientId, secretId, domainIds } })
  const linked = async () =>
    (await getClient({ ctx: cast.owner, input: { clientId } })).secrets.find(({ id }) => id === secretId)?.domainIds
  const pick = (...places: number[]) => places.map((place) => ids[place] ?? '')

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s may choose them: %s', async (actor, expected) => {
    expect(await outcome(set(pick(0), cast[actor]))).toBe(expected)
    expect(await linked()).toEqual(expected === 'ok' ? pick(0) : [])
  })

  it('need the permission for secrets, not the one for domains', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'domains.manage'])
    await expect(set(pick(0), member)).rejects.toMatchObject({ params: { permission: 'secrets.manage' } })
  })

  it('are replaced as a whole, and recorded by host when they change', async () => {
    expect(await set(pick(1, 0, 1))).toMatchObject({ domainIds: pick(0, 1) })
    await set(pick(0, 1))
    expect(await set(pick(2))).toMatchObject({ domainIds: pick(2) })
    expect(await set([])).toMatchObject({ domainIds: [] })
    expect(await linked()).toEqual([])
    const events = await db().auditEvent.findMany({ where: { action: 'secret.restricted', targetId: secretId }, orderBy: { at: 'asc' } })
    expect(events.map(({ after }) => (after as { domains: string[] }).domains.length)).toEqual([2, 1, 0])
    const { host } = await db().domain.findUniqueOrThrow({ where: { id: ids[2] ?? '' } })
    expect(events[2]).toMatchObject({ teamId: cast.teamId, before: { client: clientId, domains: [host] } })
  })

  it('are of the same client, or nothing changes', async () => {
    await set(pick(0))
    const other = await make()
    for (const foreign of [other.ids[0] ?? '', 'dom_none', '', 'a\u0000b']) {
      await expect(set([...pick(1), foreign])).rejects.toMatchObject({ fields: [{ path: 'domainIds', code: 'unknown_domain' }] })
    }
    expect(await linked()).toEqual(pick(0))
    const theirs = setSecretDomains({ ctx: cast.owner, input: { clientId, secretId: other.secretId, domainIds: pick(0) } })
    expect(await outcome(theirs)).toBe('not_found')
  })

  it('are not chosen for a secret that no longer works', async () => {
    await revokeSecret({ ctx: cast.owner, input: { clientId, secretId } })
    await expect(set(pick(0))).rejects.toMatchObject({ code: 'conflict', params: { reason: 'secret_dead' } })
  })

  it('never become all of them by removing the last one', async () => {
    const remove = (domainId = '') => removeDomain({ ctx: cast.owner, input: { clientId, domainId } })
    await set(pick(0, 1))
    await Promise.allSettled([remove(ids[0]), remove(ids[1])])
    expect(await linked()).toHaveLength(1)
  })
})
