import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import type { Position } from './cursor.ts'
import { countStatement, type LogScope, rowsStatement } from './read-log.sql.ts'
import type { RequestFilters } from './schemas.ts'

useTestDatabase()

const DAYS = 12
const HOUR_MS = 3_600_000
/** A page of the explorer, and how far it looks. */
const PAGE = { limit: 50, scan: 2_000 }
const NOW = Date.parse('2026-11-20T12:00:00Z')

/** Two thousand rows a day, a quarter of them of this team, in a partition each. */
beforeAll(async () => {
  await pool().query('ALTER TABLE request_logs DISABLE TRIGGER request_logs_roll_up')
  await pool().query(`SELECT create_request_logs_partition('2026-11-20'::date - n) FROM generate_series(0, ${DAYS - 1}) n`)
  await pool().query(
    `INSERT INTO request_logs (at, request_id, team_id, client_id, domain_id, mode, method, path, endpoint, status, decision, ip, host, duration_ms)
     SELECT $1::timestamptz - d * interval '1 day' - r * interval '40 seconds', 'req_' || d || '_' || r, 'tm_' || r % 4, 'cl_' || r % 20, 'dom_' || r % 20,
       CASE WHEN r % 3 = 0 THEN 'test' ELSE 'live' END::mode, 'POST', '/api/v1/x' || r % 7, 'POST v1/x', CASE WHEN r % 25 = 0 THEN 403 ELSE 200 END,
       CASE WHEN r % 25 = 0 THEN 'ip_not_allowed' ELSE 'ok' END, '203.0.113.' || r % 50, 'app.example.com', 1
     FROM generate_series(0, ${DAYS - 1}) d, generate_series(0, 1999) r`,
    [new Date(NOW)],
  )
  await pool().query('ANALYZE request_logs')
})

type Node = { 'Node Type': string; 'Relation Name'?: string; Plans?: Node[] }

/** The nodes of PostgreSQL's plan for one page of the log. */
async function explain(
  filters: RequestFilters,
  hours: number,
  more: Partial<LogScope> = {},
  after: Position | null = null,
): Promise<Node[]> {
  const scope = { teamId: 'tm_0', clientIds: null, since: new Date(NOW - hours * HOUR_MS), until: null, filters, domainIds: [], ...more }
  return planOf(rowsStatement(scope, { ...PAGE, after }))
}

async function planOf({ text, values }: { text: string; values: unknown[] }): Promise<Node[]> {
  const { rows } = await pool().query<{ 'QUERY PLAN': [{ Plan: Node }] }>({ text: `EXPLAIN (FORMAT JSON) ${text}`, values })
  const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)]
  return all((rows[0] as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan)
}

/** The days whose partitions a plan reads. */
const daysOf = (nodes: Node[]) => [
  ...new Set(nodes.flatMap((node) => /^request_logs_(\d{8})$/.exec(node['Relation Name'] ?? '')?.[1] ?? [])),
]
const sequential = (nodes: Node[]) =>
  nodes.filter((node) => node['Node Type'] === 'Seq Scan' && /^request_logs_\d/.test(node['Relation Name'] ?? ''))

const FILTERS: [string, RequestFilters][] = [
  ['nothing', {}],
  ['a client', { client: 'cl_4' }],
  ['refused', { decision: 'refused' }],
  ['one decision', { decision: 'ip_not_allowed' }],
  ['admitted', { decision: 'ok' }],
  ['a class of status', { status: '4xx' }],
  ['a status', { status: '200' }],
  ['an address', { ip: '203.0.113.8' }],
  ['a request', { request: 'req_3_4' }],
  ['a mode', { mode: 'test' }],
  ['a path', { path: '/api/v1/x3' }],
  ['a domain', { domain: 'app.example.com' }],
  ['several', { client: 'cl_4', status: '4xx', mode: 'live', path: '/api' }],
]

describe('a page of the log, as PostgreSQL plans it', () => {
  it.each(FILTERS)('filtered by %s: by index, and in no partition outside the range', async (_, filters) => {
    const day = await explain(filters, 24)
    expect(daysOf(day).every((name) => name >= '20261119')).toBe(true)
    expect(sequential(day)).toEqual([])
    const week = await explain(filters, 7 * 24)
    expect(daysOf(week).every((name) => name >= '20261113')).toBe(true)
    expect(daysOf(week).length).toBeGreaterThan(1)
    expect(sequential(week)).toEqual([])
  })

  it.each(FILTERS)('filtered by %s, page 200 by cursor: by index, and in no partition after the cursor', async (_, filters) => {
    const { rows } = await pool().query<Position>(
      `SELECT at, request_id AS "requestId" FROM request_logs ORDER BY at DESC, request_id DESC OFFSET 199 * 50 LIMIT 1`,
    )
    const [after] = rows as [Position]
    expect(after.at.toISOString()).toMatch(/^2026-11-1[56]/)
    const nodes = await explain(filters, 9 * 24, {}, after)
    const read = daysOf(nodes)
    expect(read.every((name) => name >= '20261111')).toBe(true)
    expect(read.every((name) => name <= after.at.toISOString().slice(0, 10).replaceAll('-', ''))).toBe(true)
    expect(sequential(nodes)).toEqual([])
  })

  it('and the count of a client’s: from the index alone', async () => {
    // As autovacuum does after so many rows: an index alone answers for pages that are known to be visible. They are once the commit of their rows has
    // reached the disk, which the database of tests does not wait for.
    const client = await pool().connect()
    await client.query('SET synchronous_commit = on')
    await client.query('ANALYZE request_logs')
    await client.query('VACUUM request_logs')
    await client.query('RESET synchronous_commit')
    client.release()
    const scope = { teamId: 'tm_0', clientIds: null, since: new Date(NOW - 72 * HOUR_MS), until: null, domainIds: [] }
    const nodes = await planOf(countStatement({ ...scope, filters: { client: 'cl_4' } }, PAGE.scan))
    const kinds = nodes.filter((node) => node['Relation Name']?.startsWith('request_logs_')).map((node) => node['Node Type'])
    expect(kinds.length).toBeGreaterThan(2)
    expect(new Set(kinds)).toEqual(new Set(['Index Only Scan']))
  })

  it('of a member who is limited to some clients, too', async () => {
    for (const clientIds of [['cl_4'], ['cl_4', 'cl_8']]) {
      const nodes = await explain({}, 24, { clientIds })
      expect(daysOf(nodes).every((name) => name >= '20261119')).toBe(true)
      expect(sequential(nodes)).toEqual([])
    }
  })
})
