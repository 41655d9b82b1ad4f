import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, logPool } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { setSingleton } from '#lib/registry.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { makeCast, makeClientRow } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { emptyBuffer, FLUSH_ROWS, flushRequests, recordRequest, requestLogCounters, stopRequestLog } from './record-request.ts'
import { storedLine } from './request-log.sql.ts'
import type { RequestRow } from './request-row.ts'
import { CHECK_LISTS, type LoggedCheck, readChecks } from './stored-checks.ts'

useTestDatabase()

let count = 0
function row(changes: Partial<RequestRow> = {}): RequestRow {
  return {
    requestId: `req_${++count}`,
    at: new Date(),
    teamId: 'tm_1',
    clientId: 'cl_1',
    domainId: 'dom_1',
    secretId: 'sec_1',
    accountId: null,
    mode: 'live',
    method: 'POST',
    path: '/api/get/user/info',
    endpoint: 'POST get/user/info',
    status: 200,
    decision: 'ok',
    ip: '203.0.113.7',
    userAgent: 'curl/8',
    host: 'app.example.com',
    durationMs: 1.5,
    checks: [{ check: 'https_required', verdict: 'passed' }],
    detail: null,
    ...changes,
  }
}

const stored = (requestId: string) => db().requestLog.findMany({ where: { requestId } })

beforeEach(() => {
  setSingleton('requests.buffer', emptyBuffer())
  setSingleton('requests.counters', { written: 0, dropped: 0, capped: 0 })
  setSingleton('requests.cap', { minute: 0, rows: new Map() })
})

afterEach(async () => {
  vi.restoreAllMocks()
  await flushRequests()
})

describe('writing', () => {
  it('stores a row as it was', async () => {
    const given = row({ accountId: '123', path: '/a\\b\\N', detail: { reason: 'a "quoted" \\ text é' } })
    recordRequest(given)
    await flushRequests()
    expect(await stored(given.requestId)).toEqual([given])
  })

  it('stores the verdicts of the gate in short, to be read by readChecks', async () => {
    const checks = (CHECK_LISTS['api-1'] as string[]).map((check): LoggedCheck => ({ check, verdict: 'passed' }))
    checks[16] = { check: 'rate_limited', verdict: 'failed', expected: 'at most 120 a minute', received: 'more' }
    checks[17] = { check: 'quota_exceeded', verdict: 'skipped' }
    const given = row({ checks })
    recordRequest(given)
    await flushRequests()
    const kept = (await stored(given.requestId))[0]?.checks
    expect(JSON.stringify(kept).length).toBeLessThan(150)
    expect(readChecks(kept)).toEqual(checks)
  })

  it('writes by itself within a second', async () => {
    const given = row()
    recordRequest(given)
    await expect.poll(() => stored(given.requestId), { timeout: 5_000 }).toHaveLength(1)
  })

  it('writes many in full batches, each row once', async () => {
    const query = vi.spyOn(logPool(), 'query')
    for (let n = 0; n < FLUSH_ROWS * 2 + 400; n++) recordRequest(row({ path: '/bulk' }))
    await stopRequestLog()
    expect(await db().requestLog.count({ where: { path: '/bulk' } })).toBe(FLUSH_ROWS * 2 + 400)
    const copies = query.mock.calls.filter(([config]) => (config as { text?: string }).text?.startsWith('COPY request_logs'))
    expect(copies).toHaveLength(3)
    expect(requestLogCounters()).toEqual({ buffered: 0, written: FLUSH_ROWS * 2 + 400, dropped: 0, capped: 0 })
  })

  it('leaves what does not fill a batch for its second, however many come', async () => {
    const query = vi.spyOn(logPool(), 'query')
    for (let n = 0; n < FLUSH_ROWS + 100; n++) recordRequest(row({ path: '/rest' }))
    await expect.poll(() => requestLogCounters().written).toBe(FLUSH_ROWS)
    expect(requestLogCounters().buffered).toBe(100)
    for (let n = 0; n < 100; n++) recordRequest(row({ path: '/rest' }))
    await expect.poll(() => requestLogCounters().written, { timeout: 5_000 }).toBe(FLUSH_ROWS + 200)
    expect(query.mock.calls.filter(([config]) => (config as { text?: string }).text?.startsWith('COPY request_logs'))).toHaveLength(2)
  })

  it('gives a claimed client’s team its refusals, if there is such a client', async () => {
    const { teamId } = await makeCast()
    const clientId = await makeClientRow(teamId)
    const [real, unreal] = [row({ teamId: null, clientId, decision: 'invalid_credentials' }), row({ teamId: null, clientId: 'cl_nobody' })]
    recordRequest(real)
    recordRequest(unreal)
    await flushRequests()
    expect(await stored(real.requestId)).toMatchObject([{ teamId, clientId }])
    expect(await stored(unreal.requestId)).toMatchObject([{ teamId: null, clientId: 'cl_nobody' }])
  })

  it('counts proven requests for the usual rate', async () => {
    const at = new Date('2026-11-22T10:02:00Z')
    for (let n = 0; n < 3; n++) recordRequest(row({ clientId: 'cl_rate', at }))
    recordRequest(row({ clientId: 'cl_rate', teamId: null, at }))
    await flushRequests()
    expect(await db().clientRate.findMany({ where: { clientId: 'cl_rate' } })).toEqual([
      { clientId: 'cl_rate', slot: new Date('2026-11-22T10:00:00Z'), requests: 3 },
    ])
  })
})

describe('trouble', () => {
  it('keeps rows while PostgreSQL is away and writes them once it is back, nothing twice', async () => {
    const given = row()
    const real = logPool().query.bind(logPool()) as (...args: unknown[]) => Promise<unknown>
    // The answer is lost after the work is done: the worst case for a second try.
    const lost = vi.spyOn(logPool(), 'query').mockImplementationOnce(async (...args: unknown[]) => {
      await real(...args)
      throw Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })
    })
    recordRequest(given)
    await flushRequests()
    expect(requestLogCounters()).toMatchObject({ buffered: 1, written: 0 })
    lost.mockRestore()
    await flushRequests()
    expect(requestLogCounters()).toMatchObject({ buffered: 0, written: 1 })
    expect(await stored(given.requestId)).toHaveLength(1)
  })

  it('drops the oldest 200 when the buffer is full, and counts them', async () => {
    vi.spyOn(logPool(), 'query').mockRejectedValue(new Error('away'))
    for (let n = 0; n < 20_010; n++) recordRequest(row({ requestId: `req_full_${n}` }))
    await flushRequests()
    expect(requestLogCounters()).toMatchObject({ buffered: 19_810, dropped: 200, written: 0 })
    vi.restoreAllMocks()
    await stopRequestLog()
    expect(await stored('req_full_199')).toEqual([])
    expect(await stored('req_full_200')).toHaveLength(1)
  })

  it('says what is lost when it stops while PostgreSQL takes nothing', async () => {
    const away = vi.spyOn(logPool(), 'query').mockRejectedValue(new Error('away'))
    const error = vi.spyOn(log(), 'error')
    recordRequest(row())
    await stopRequestLog()
    expect(error).toHaveBeenCalledWith({ rows: 1 }, expect.stringContaining('lost'))
    away.mockRestore()
    error.mockClear()
    await stopRequestLog()
    expect(error).not.toHaveBeenCalled()
  })

  it('loses only the row that PostgreSQL refuses', async () => {
    const rows = [row(), row({ status: 3_000_000_000 }), row(), row()]
    rows.forEach(recordRequest)
    await flushRequests()
    expect(requestLogCounters()).toMatchObject({ dropped: 1, buffered: 0 })
    for (const [index, { requestId }] of rows.entries()) expect(await stored(requestId)).toHaveLength(index === 1 ? 0 : 1)
  })

  it('never throws', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(() => recordRequest(row({ detail: loop }))).not.toThrow()
    expect(() => recordRequest(null as never)).not.toThrow()
    expect(requestLogCounters().dropped).toBe(2)
  })
})

describe('the cap on unproven rows', () => {
  const unproven = (ip: string | null) =>
    recordRequest(
      row({ teamId: null, clientId: null, status: 401, decision: 'invalid_credentials', ip, at: new Date('2026-11-22T10:00:00Z') }),
    )

  it('holds per address and minute, IPv6 by its /64, and counts the overflow', async () => {
    for (let n = 0; n < 100; n++) unproven('198.51.100.1')
    for (let n = 0; n < 100; n++) unproven(`2001:db8::${n.toString(16)}`)
    unproven('198.51.100.2')
    recordRequest(row({ teamId: null, clientId: null, ip: '198.51.100.1', at: new Date('2026-11-22T10:01:00Z') }))
    expect(requestLogCounters()).toMatchObject({ buffered: 122, capped: 80 })
  })

  it('holds for a team whose client was only named, apart from other teams', async () => {
    const at = new Date('2026-11-22T10:00:00Z')
    for (const teamId of ['tm_1', 'tm_2'])
      for (let n = 0; n < 100; n++) recordRequest(row({ teamId, proven: false, clientId: 'cl_named', ip: '198.51.100.1', at }))
    expect(requestLogCounters()).toMatchObject({ buffered: 120, capped: 80 })
    await flushRequests()
    // Strangers do not make a client's usual rate.
    expect(await db().clientRate.count({ where: { clientId: 'cl_named' } })).toBe(0)
  })

  it('does not hold for proven callers', () => {
    for (let n = 0; n < 100; n++) recordRequest(row({ ip: '198.51.100.1' }))
    expect(requestLogCounters()).toMatchObject({ buffered: 100, capped: 0 })
  })
})

describe('what never gets into a row', () => {
  const secret = generateClientSecret('test')
  const token = 'hQ3vXr0kQ8a1mZ_7pL-2nWc5tYb9dGf4sEu6jRi8oAx'

  it.each<[string, Partial<RequestRow>]>([
    ['a secret in the path', { path: `/api/${secret}` }],
    ['a token in the path', { path: `/api/tokens/${token}/x` }],
    ['a token in the query', { path: `/api/x?token=${token}` }],
    ['a secret for a domain', { host: secret }],
    ['a secret for a client', { clientId: secret }],
    ['a token in the user agent', { userAgent: `Bearer ${token}` }],
    ['a secret in a verdict', { checks: [{ check: 'x', verdict: 'failed', received: `got ${secret}` }] }],
    ['a token in the detail', { detail: { deep: [{ access_token: token, Cookie: token, client_secret: secret, code: token }] } }],
  ])('%s', (_, changes) => {
    const text = storedLine(row(changes))
    expect(text).not.toContain(secret.slice(9, 30))
    expect(text).not.toContain(token.slice(0, 20))
    expect(text).toMatch(/redacted|\t\/api\/x\t/)
  })

  it('keeps ids and ordinary paths', () => {
    const path = '/api/v1/clients/cl_0123456789abcdefghij'
    expect(storedLine(row({ path }))).toContain(`\ttm_1\tcl_1\tdom_1\tsec_1\t\\N\tlive\tPOST\t${path}\t`)
  })

  it('takes texts that PostgreSQL would refuse', async () => {
    const given = row({
      path: '/a\0b',
      userAgent: '\ud800',
      host: 'x'.repeat(10_000),
      detail: { 'k\0': 'v\0\udfff' },
      durationMs: Number.NaN,
    })
    recordRequest(given)
    await flushRequests()
    expect(await stored(given.requestId)).toMatchObject([
      { path: '/a b', userAgent: '\ufffd', durationMs: 0, detail: { 'k ': 'v \ufffd' } },
    ])
  })
})
