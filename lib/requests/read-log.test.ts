import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool, transaction } from '#lib/db.ts'
import { addDomain } from '#lib/domains/index.ts'
import { type Cast, makeCast, makeClientRow, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { countRequests } from './count-requests.ts'
import { findRequest } from './find-request.ts'
import { listRequests } from './list-requests.ts'
import { type RequestFilters, readRequestFilters } from './schemas.ts'
import { logRow, writeLog } from './testing.ts'

useTestDatabase()

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
let cast: Cast
let clientId: string
let otherId: string
let domainId: string

const ago = (ms: number) => new Date(Date.now() - ms)

beforeAll(async () => {
  cast = await makeCast()
  ;[clientId, otherId] = [await makeClientRow(cast.teamId), await makeClientRow(cast.teamId)]
  const client = await db().client.findUniqueOrThrow({ where: { id: clientId } })
  domainId = (await transaction((tx) => addDomain(tx, cast.system, client, { host: 'shop.example.com' }))).id
  const row = (changes: Parameters<typeof logRow>[1]) => logRow(cast.teamId, changes)
  await writeLog(
    row({ requestId: 'req_plain', clientId, domainId, host: 'shop.example.com', at: ago(1 * MINUTE) }),
    row({ requestId: 'req_test', clientId, mode: 'test', host: 'localhost', at: ago(2 * MINUTE) }),
    row({ requestId: 'req_refused', clientId: otherId, status: 403, decision: 'ip_not_allowed', ip: '2001:db8::9', at: ago(3 * MINUTE) }),
    row({
      requestId: 'req_claim',
      clientId: otherId,
      host: 'SHOP.example.com',
      status: 403,
      decision: 'domain_not_allowed',
      at: ago(4 * MINUTE),
    }),
    row({ requestId: 'req_missing', status: 404, decision: 'not_found', path: '/api/nowhere', at: ago(5 * MINUTE) }),
    row({
      requestId: 'req_oauth',
      clientId,
      method: 'GET',
      path: '/oidc/auth',
      status: 303,
      decision: 'access_denied',
      at: ago(30 * MINUTE),
    }),
    row({ requestId: 'req_yesterday', clientId, at: ago(2 * DAY) }),
    row({ requestId: 'req_hidden', clientId, at: ago(8 * DAY) }),
    logRow(cast.strangerTeamId, { requestId: 'req_foreign', at: ago(1 * MINUTE) }),
  )
})

async function found(filters: RequestFilters = {}, { ctx = cast.owner, ...more }: { ctx?: Cast['owner']; clientId?: string } = {}) {
  const { requests } = await listRequests({ ctx, input: { teamId: cast.teamId, filters, ...more } })
  return requests.map(({ requestId }) => requestId.slice(4))
}

const TODAY = ['plain', 'test', 'refused', 'claim', 'missing', 'oauth']

describe('who', () => {
  it('owner, admin, developer and viewer read everything of the last 24 hours', async () => {
    for (const ctx of [cast.owner, cast.admin, cast.developer, cast.viewer, cast.system]) expect(await found({}, { ctx })).toEqual(TODAY)
  })

  it('a member without logs.read is told so, a stranger and nobody learn nothing', async () => {
    const input = { teamId: cast.teamId }
    const without = await makeMember(cast.teamId, ['clients.read'])
    for (const read of [listRequests, countRequests]) {
      expect(await outcome(read({ ctx: without, input }))).toBe('permission_denied')
      expect(await outcome(read({ ctx: cast.stranger, input }))).toBe('not_found')
      expect(await outcome(read({ ctx: cast.nobody, input }))).toBe('unauthenticated')
      expect(await outcome(read({ ctx: cast.stranger, input: { ...input, clientId } }))).toBe('not_found')
    }
    const find = (ctx: Cast['owner']) => outcome(findRequest({ ctx, input: { requestId: 'req_plain' } }))
    expect([await find(without), await find(cast.stranger), await find(cast.nobody)]).toEqual(['not_found', 'not_found', 'unauthenticated'])
    expect(await find(cast.viewer)).toBe('ok')
  })

  it('a member limited to clients sees theirs only', async () => {
    const limited = await makeMember(cast.teamId, ['logs.read'], [otherId])
    expect(await found({}, { ctx: limited })).toEqual(['refused', 'claim'])
    expect(await found({ client: clientId }, { ctx: limited })).toEqual([])
    expect(await outcome(found({}, { ctx: limited, clientId }))).toBe('not_found')
    expect(await outcome(findRequest({ ctx: limited, input: { requestId: 'req_plain' } }))).toBe('not_found')
    expect(await outcome(findRequest({ ctx: limited, input: { requestId: 'req_missing' } }))).toBe('not_found')
    expect(await outcome(findRequest({ ctx: limited, input: { requestId: 'req_refused' } }))).toBe('ok')
    const both = await makeMember(cast.teamId, ['logs.read'], [otherId, clientId])
    expect(await found({}, { ctx: both })).toEqual(TODAY.filter((id) => id !== 'missing'))
  })
})

describe('filters', () => {
  it.each<[string, () => RequestFilters, string[]]>([
    ['range', () => ({ range: '15m' }), TODAY.slice(0, 5)],
    ['a week', () => ({ range: '7d' }), [...TODAY, 'yesterday']],
    ['from and to', () => ({ from: ago(3 * DAY).toISOString(), to: ago(DAY).toISOString() }), ['yesterday']],
    ['status class', () => ({ status: '4xx' }), ['refused', 'claim', 'missing']],
    ['status', () => ({ status: '303' }), ['oauth']],
    ['success', () => ({ status: '2xx' }), ['plain', 'test']],
    ['decision', () => ({ decision: 'ip_not_allowed' }), ['refused']],
    ['any refusal', () => ({ decision: 'refused' }), ['refused', 'claim', 'missing', 'oauth']],
    ['ok', () => ({ decision: 'ok' }), ['plain', 'test']],
    ['client', () => ({ client: otherId }), ['refused', 'claim']],
    ['domain by host, also one that was only claimed', () => ({ domain: 'Shop.example.com' }), ['plain', 'claim']],
    ['domain by id', () => ({ domain: domainId }), ['plain']],
    ['mode', () => ({ mode: 'test' }), ['test']],
    ['path', () => ({ path: '/oidc/' }), ['oauth']],
    ['path without wildcards', () => ({ path: '/%' }), []],
    ['address', () => ({ ip: '2001:db8::9' }), ['refused']],
    ['request id, however old', () => ({ request: 'req_yesterday', range: '1m' }), ['yesterday']],
    ['several', () => ({ client: clientId, mode: 'live', decision: 'ok' }), ['plain']],
  ])('%s', async (_, filters, expected) => {
    expect(await found(filters())).toEqual(expected)
    const count = await countRequests({ ctx: cast.owner, input: { teamId: cast.teamId, filters: filters() } })
    expect(count).toEqual({ count: expected.length, more: false })
  })

  it('the page of a client', async () => {
    expect(await found({ range: '24h' }, { clientId: otherId })).toEqual(['refused', 'claim'])
    expect(await found({ client: clientId }, { clientId: otherId })).toEqual([])
  })

  it('hides what the plan no longer keeps, and says what was cut', async () => {
    expect(await found({ request: 'req_hidden' })).toEqual([])
    expect(await outcome(findRequest({ ctx: cast.owner, input: { requestId: 'req_hidden' } }))).toBe('not_found')
    const asked = async (filters: RequestFilters) =>
      (await listRequests({ ctx: cast.owner, input: { teamId: cast.teamId, filters } })).range.cut
    expect(await asked({ range: '7d' })).toBeNull()
    expect(await asked({ range: '30d' })).toBe('retention')
    expect(await asked({ from: '2016-01-01T00:00:00.000Z' })).toBe('retention')
    expect(await asked({ from: ago(0).toISOString(), to: ago(DAY).toISOString() })).toBe('reversed')
    await db().team.update({ where: { id: cast.teamId }, data: { overrideRetentionDays: 3650 } })
    expect(await asked({ from: '2016-01-01T00:00:00.000Z' })).toBe('longest')
    await db().team.update({ where: { id: cast.teamId }, data: { overrideRetentionDays: 1 } })
    expect(await found({ range: '7d' })).toEqual(TODAY)
    await db().team.update({ where: { id: cast.teamId }, data: { overrideRetentionDays: null } })
  })

  it('takes from an address what makes sense, and names the rest', () => {
    const evil = `'; DROP TABLE request_logs; --<script>alert(1)</script>`
    const given = {
      path: evil,
      ip: evil,
      status: evil,
      decision: evil,
      client: evil,
      range: '10y',
      mode: 'x',
      from: 'soon',
      domain: 'a\0b',
      request: evil,
    }
    const { filters, ignored } = readRequestFilters(given)
    expect(filters).toEqual({ path: evil, request: evil })
    expect(ignored).toEqual(['range', 'from', 'status', 'decision', 'client', 'domain', 'mode', 'ip'])
    expect(readRequestFilters({ from: '2026-11-24T10:00', status: ['4xx', '500'], path: ' ' }).filters).toEqual({
      from: '2026-11-24T10:00:00.000Z',
      status: '4xx',
    })
  })

  it('are values, not SQL', async () => {
    for (const text of [`' OR '1'='1`, '%', '\\', '$1', '🙂', `"><img src=x onerror=alert(1)>`]) {
      expect(await found({ path: text })).toEqual([])
      expect(await found({ domain: text })).toEqual([])
      expect(await found({ request: text })).toEqual([])
      expect(await outcome(findRequest({ ctx: cast.owner, input: { requestId: text } }))).toBe('not_found')
    }
    expect(await found()).toEqual(TODAY)
  })
})

describe('pages', () => {
  it('follow each other by cursor without gap or repetition, also among rows of one moment', async () => {
    const busy = await makeCast()
    const at = ago(MINUTE)
    await writeLog(...Array.from({ length: 25 }, (_, n) => logRow(busy.teamId, { at, path: `/api/${n}` })))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await listRequests({ ctx: busy.owner, input: { teamId: busy.teamId, limit: 10, ...(cursor ? { cursor } : {}) } })
      seen.push(...page.requests.map(({ path }) => path))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toHaveLength(25)
    expect(new Set(seen).size).toBe(25)
  })

  it('refuse a cursor of another team, of other filters, of another person’s view, and a forged one', async () => {
    const { nextCursor } = await listRequests({ ctx: cast.owner, input: { teamId: cast.teamId, limit: 2 } })
    const cursor = nextCursor as string
    const input = { teamId: cast.teamId, cursor }
    expect(await outcome(listRequests({ ctx: cast.owner, input }))).toBe('ok')
    expect(await outcome(listRequests({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, cursor } }))).toBe('validation_failed')
    expect(await outcome(listRequests({ ctx: cast.owner, input: { ...input, filters: { mode: 'test' } } }))).toBe('validation_failed')
    expect(await outcome(listRequests({ ctx: cast.owner, input: { ...input, clientId } }))).toBe('validation_failed')
    const limited = await makeMember(cast.teamId, ['logs.read'], [otherId])
    expect(await outcome(listRequests({ ctx: limited, input }))).toBe('validation_failed')
    for (const forged of ['', 'x', '💥', `${cursor}A`, Buffer.from('0 x').toString('base64url'), cursor.slice(0, -2)])
      expect(await outcome(listRequests({ ctx: cast.owner, input: { ...input, cursor: forged } }))).toBe('validation_failed')
  })
})

it('counts stop at 10,000', async () => {
  const busy = await makeCast()
  await pool().query(
    `INSERT INTO request_logs (request_id, team_id, method, path, status, decision, duration_ms)
     SELECT 'req_' || n, $1, 'GET', CASE WHEN n % 2 = 0 THEN '/a' ELSE '/b' END, 200, 'ok', 1 FROM generate_series(1, 10002) n`,
    [busy.teamId],
  )
  const count = (filters: RequestFilters) => countRequests({ ctx: busy.owner, input: { teamId: busy.teamId, filters } })
  expect(await count({})).toEqual({ count: 10_000, more: true })
  expect(await count({ path: '/a' })).toMatchObject({ more: true })
})

it('tells everything that was recorded of a request', async () => {
  const checks = [{ check: 'https_required', verdict: 'failed' as const, expected: 'https', received: 'http' }]
  const row = logRow(cast.teamId, { clientId, domainId, accountId: '123', checks, detail: { cause: 'x' }, at: ago(10 * MINUTE) })
  await writeLog(row)
  expect(await findRequest({ ctx: cast.owner, input: { requestId: row.requestId } })).toMatchObject({
    requestId: row.requestId,
    client: { id: clientId, name: 'A client' },
    domain: { id: domainId, host: 'shop.example.com' },
    sub: '123',
    userAgent: 'curl/8',
    checks,
    detail: { cause: 'x' },
  })
})
