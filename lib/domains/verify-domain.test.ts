import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { setSingleton } from '#lib/registry.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { type DomainDto, removeDomain, setDomain, verifyDomain } from './index.ts'
import { isPublicAddress, type Network } from './network.ts'

describe('the proof of a domain', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string
  let domain: DomainDto
  let zone: Record<string, string[] | string>
  let asked: string[]

  beforeAll(async () => {
    cast = await makeCast()
  })

  beforeEach(async () => {
    clientId = await makeClientRow(cast.teamId)
    domain = await setDomain({ ctx: cast.owner, input: { clientId, host: 'app.example.com', mode: 'live' } })
    zone = {}
    asked = []
    setSingleton<Network>('domains.network', {
      txt: async (name) => {
        asked.push(name)
        const answer = zone[name] ?? 'ENOTFOUND'
        if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer })
        return answer
      },
      addresses: async () => [{ address: '10.0.0.5', family: 4 }],
      mayReach: isPublicAddress,
      port: 443,
    })
  })

  const verify = (ctx = cast.owner, domainId = domain.id, method: 'dns' | 'file' = 'dns') =>
    verifyDomain({ ctx, input: { clientId, domainId, method } })
  const stored = () => db().domain.findUniqueOrThrow({ where: { id: domain.id } })
  const events = () => db().auditEvent.findMany({ where: { targetId: domain.id, action: 'domain.verified' } })

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s may look for it: %s', async (actor, expected) => {
    zone = { '_xwms.app.example.com': [domain.proof.text] }
    expect(await outcome(verify(cast[actor]))).toBe(expected)
    expect((await stored()).verifiedAt !== null).toBe(expected === 'ok')
    // Who may not ask makes this server ask nobody.
    expect(asked.length > 0).toBe(expected === 'ok')
  })

  it('names the permission that a member lacks', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'secrets.manage'])
    await expect(verify(member)).rejects.toMatchObject({ params: { permission: 'domains.manage' } })
  })

  it.each(['_xwms.app.example.com', 'app.example.com'])('is a TXT record of %s, among others', async (name) => {
    zone = { 'app.example.com': ['v=spf1 -all'], [name]: ['v=spf1 -all', domain.proof.text] }
    expect(await verify()).toMatchObject({ verified: true, domain: { verified: true } })
    expect(await stored()).toMatchObject({ verifiedBy: 'dns', verifiedAt: expect.any(Date) })
    expect(await events()).toMatchObject([
      { after: { host: 'app.example.com', verified: true, method: 'dns' }, before: { host: 'app.example.com', verified: false } },
    ])
  })

  it.each([
    ['nothing', {}, 'dns_none', ''],
    ['no TXT records', { 'app.example.com': 'ENODATA' }, 'dns_none', ''],
    ['other records', { 'app.example.com': ['v=spf1 -all'] }, 'dns_other', 'v=spf1 -all'],
    [
      'an old token',
      { 'app.example.com': ['a'], '_xwms.app.example.com': ['xwms-verification=old'] },
      'dns_other',
      'xwms-verification=old',
    ],
    ['the parent domain only', { 'example.com': ['TOKEN'] }, 'dns_none', ''],
    ['a failing server', { 'app.example.com': 'ESERVFAIL' }, 'dns_failed', 'ESERVFAIL'],
  ])('is missing with %s, which it says, and changes nothing', async (_, records, code, seen) => {
    const tokens = Object.entries(records).map(([name, value]) => [
      name,
      Array.isArray(value) && value[0] === 'TOKEN' ? [domain.proof.text] : value,
    ])
    zone = Object.fromEntries(tokens)
    const before = await stored()
    const at = '_xwms.app.example.com, app.example.com'
    expect(await verify()).toMatchObject({ verified: false, domain: { verified: false }, found: { code, at, seen } })
    expect(await stored()).toEqual(before)
    expect(await events()).toEqual([])
  })

  it('does not say where a host leads that leads inside', async () => {
    const { verified, ...rest } = await verify(cast.owner, domain.id, 'file')
    expect(verified).toBe(false)
    expect(rest).toMatchObject({
      found: { code: 'file_private', at: 'https://app.example.com/.well-known/xwms-verification.txt', seen: '' },
    })
  })

  it('is found once; then nobody is asked again', async () => {
    zone = { 'app.example.com': [domain.proof.text] }
    await Promise.all([verify(), verify(), verify()])
    const { verifiedAt } = await stored()
    expect(await events()).toHaveLength(1)
    asked = []
    expect((await verify()).verified).toBe(true)
    expect(asked).toEqual([])
    expect((await stored()).verifiedAt).toEqual(verifiedAt)
  })

  it('is of one domain of one client', async () => {
    const other = await makeClientRow(cast.teamId)
    const theirs = await setDomain({ ctx: cast.owner, input: { clientId: other, host: 'app.example.com' } })
    zone = { 'app.example.com': [theirs.proof.text] }
    expect(await verify()).toMatchObject({ verified: false, found: { code: 'dns_other' } })
    expect(await outcome(verify(cast.owner, theirs.id))).toBe('not_found')
  })

  it('does not bring back a domain that was removed and added meanwhile', async () => {
    await setDomain({ ctx: cast.owner, input: { clientId, host: 'localhost' } })
    const { txt, ...net } = { txt: [domain.proof.text], addresses: async () => [], mayReach: () => false, port: 443 }
    setSingleton<Network>('domains.network', {
      ...net,
      txt: async () => {
        await removeDomain({ ctx: cast.owner, input: { clientId, domainId: domain.id } }).catch(() => undefined)
        return txt
      },
    })
    expect(await outcome(verify())).toBe('not_found')
    expect(await events()).toEqual([])
  })

  it.each(['localhost', 'app.localhost', '192.168.1.20', '::1'])('cannot be had for %s', async (host) => {
    const local = await setDomain({ ctx: cast.owner, input: { clientId, host } })
    for (const method of ['dns', 'file'] as const)
      await expect(verify(cast.owner, local.id, method)).rejects.toMatchObject({ code: 'conflict', params: { reason: 'local_host' } })
    expect(asked).toEqual([])
  })

  it('is looked for a limited number of times', async () => {
    const results = await Promise.all(Array.from({ length: 22 }, () => outcome(verify())))
    expect(results.filter((result) => result === 'too_many_attempts')).toHaveLength(2)
  })
})
