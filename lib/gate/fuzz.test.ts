import fc from 'fast-check'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { pool } from '#lib/db.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { checkGate } from './check-gate.ts'
import { GATE_CODES } from './codes.ts'
import { codeOf, type GateFixture, makeGateFixture } from './testing.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by lib/testing/fuzz.config.ts for a long run. */
    fuzzRuns: number
  }
}

const RUNS = (inject('fuzzRuns') as number | undefined) ?? 300
const TIMEOUT_MS = 20_000 + RUNS * 100

useTestDatabase()
let gate: GateFixture

beforeAll(async () => {
  gate = await makeGateFixture()
  await pool().query('UPDATE teams SET override_per_minute = 1000000000, override_per_month = 1000000000')
})

const ask = (headers: [string, string][], ip: string | null = null) =>
  checkGate({ headers: headers.flat(), ip, secure: true, now: new Date(), use: 'api' })

describe('whatever the headers', () => {
  const junk = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', ' ', '\0', ',', 'a'.repeat(257), '\ud800'),
  )
  /** Near misses of the right value: what a lenient comparison would take. */
  const near = (right: string) =>
    fc.oneof(
      fc.constant(right),
      fc.constantFrom(
        `${right}.`,
        ` ${right}`,
        `${right} `,
        right.toUpperCase(),
        `${right},${right}`,
        `${right}\0`,
        `x${right}`,
        `${right}x`,
        `${right}/`,
        `https://${right}`,
        `a@${right}`,
        `${right}:443`,
        `*.${right}`,
      ),
      fc.nat(right.length - 1).map((at) => right.slice(0, at) + right.slice(at + 1)),
      fc
        .tuple(fc.nat(right.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
        .map(([at, by]) => right.slice(0, at) + by + right.slice(at + 1)),
      junk,
    )
  const anyCase = (name: string) => fc.constantFrom(name, name.toLowerCase(), name.toUpperCase())

  it(
    'never throws, and passes only the one request that the table allows',
    async () => {
      const { clientId, secret, domain } = gate
      const part = (name: string, right: string) =>
        fc.array(fc.tuple(anyCase(name), near(right)), { minLength: 0, maxLength: 2, size: 'max' })
      const other = fc.tuple(
        fc.oneof(
          fc.constantFrom('Authorization', 'Origin', 'Sec-Fetch-Site', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-Client-ID '),
          junk,
        ),
        fc.oneof(junk, fc.constantFrom('Bearer x', '127.0.0.1', 'https')),
      )
      const request = fc.tuple(
        fc.oneof(fc.constant([['X-Client-Id', clientId] as [string, string]]), part('X-Client-Id', clientId)),
        fc.oneof(fc.constant([['X-Client-Secret', secret.value] as [string, string]]), part('X-Client-Secret', secret.value)),
        fc.oneof(part('X-Client-Domain', domain.host), part('X-Client-Domain', domain.id)),
        fc.array(other, { maxLength: 2 }),
      )
      let passes = 0
      await fc.assert(
        fc.asyncProperty(request, async ([ids, secrets, domains, others]) => {
          const headers = [...others, ...domains, ...secrets, ...ids]
          const result = await ask(headers)
          expect(result.ok || GATE_CODES[result.code] === result.status).toBe(true)
          expect(codeOf(result) === 'ok').toBe(mayPass(headers))
          if (result.ok) passes++
        }),
        { numRuns: RUNS },
      )
      expect(passes).toBeGreaterThan(0)
    },
    TIMEOUT_MS,
  )

  /** The table's first ten rows, said again in other words. */
  function mayPass(headers: [string, string][]): boolean {
    const of = (name: string) => headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
    const [ids, secrets, domains] = [of('x-client-id'), of('x-client-secret'), of('x-client-domain')]
    if (ids.length !== 1 || secrets.length !== 1 || domains.length !== 1) return false
    if (of('origin').length > 0 || of('sec-fetch-site').length > 0) return false
    if (of('authorization').some((value) => /^\s*bearer(\s|$)/i.test(value))) return false
    const host = domains[0]?.toLowerCase().replace(/\.$/, '')
    return ids[0] === gate.clientId && secrets[0] === gate.secret.value && (domains[0] === gate.domain.id || host === gate.domain.host)
  }
})

describe('whatever the settings', () => {
  const state = fc.record({
    disabled: fc.boolean(),
    restricted: fc.boolean(),
    deleted: fc.boolean(),
    ended: fc.boolean(),
    active: fc.boolean(),
    allowApi: fc.boolean(),
    verified: fc.boolean(),
    live: fc.boolean(),
    revoked: fc.boolean(),
    expired: fc.boolean(),
    linked: fc.constantFrom('none', 'here', 'elsewhere'),
    allowlist: fc.constantFrom('none', 'inside', 'outside', 'monitored'),
    origin: fc.boolean(),
    wrong: fc.boolean(),
  } as const)
  type State = typeof state extends fc.Arbitrary<infer T> ? T : never

  /** Most things are right, so that the later checks are reached. */
  const mostlyRight = fc
    .tuple(
      state,
      fc.subarray(
        [
          'disabled',
          'restricted',
          'deleted',
          'ended',
          'active',
          'allowApi',
          'verified',
          'live',
          'revoked',
          'expired',
          'linked',
          'allowlist',
          'origin',
          'wrong',
        ] as const,
        { maxLength: 4 },
      ),
    )
    .map(([drawn, kept]): State => ({ ...RIGHT, ...Object.fromEntries(kept.map((key) => [key, drawn[key]])) }))
  const RIGHT: State = {
    disabled: false,
    restricted: false,
    deleted: false,
    ended: false,
    active: true,
    allowApi: true,
    verified: true,
    live: true,
    revoked: false,
    expired: false,
    linked: 'none',
    allowlist: 'none',
    origin: false,
    wrong: false,
  }

  it(
    'answers with the first row of the table that applies',
    async () => {
      const reached = new Set<string>()
      await fc.assert(
        fc.asyncProperty(fc.oneof(state, mostlyRight), async (drawn) => {
          await apply(drawn)
          const secret = drawn.wrong ? generateClientSecret('live') : gate.secret.value
          const headers: [string, string][] = [
            ['X-Client-Id', gate.clientId],
            ['X-Client-Secret', secret],
            ['X-Client-Domain', gate.domain.host],
          ]
          const code = codeOf(await ask(drawn.origin ? [...headers, ['Origin', 'null']] : headers, '203.0.113.7'))
          expect(code).toBe(expected(drawn))
          reached.add(code)
        }),
        { numRuns: RUNS },
      )
      expect(reached.size).toBeGreaterThan(5)
    },
    TIMEOUT_MS,
  )

  function expected(it: State): string {
    if (it.wrong || it.deleted || it.revoked || it.expired) return 'invalid_credentials'
    if (it.disabled) return 'client_disabled'
    if (it.restricted) return 'client_restricted'
    if (it.ended) return 'plan_inactive'
    if (it.origin) return 'browser_refused'
    if (!it.active) return 'domain_inactive'
    if (it.live && !it.verified) return 'domain_unverified'
    if (it.linked === 'elsewhere') return 'secret_not_linked'
    if (!it.live) return 'mode_mismatch'
    if (!it.allowApi) return 'api_not_allowed'
    if (it.allowlist === 'outside') return 'ip_not_allowed'
    return 'ok'
  }

  async function apply(it: State): Promise<void> {
    const at = (set: boolean) => (set ? new Date(0) : null)
    const lists = { none: [], inside: ['203.0.113.0/24'], outside: ['10.0.0.0/8'], monitored: ['10.0.0.0/8'] }
    await pool().query(`UPDATE clients SET status = $2, restricted_at = $3, deleted_at = $4 WHERE id = $1`, [
      gate.clientId,
      it.disabled ? 'disabled' : 'active',
      at(it.restricted),
      at(it.deleted),
    ])
    await pool().query(`UPDATE teams SET plan_ends_at = $2 WHERE id = $1`, [gate.cast.teamId, at(it.ended)])
    await pool().query(`UPDATE client_secrets SET revoked_at = $2, expires_at = $3 WHERE id = $1`, [
      gate.secret.id,
      at(it.revoked),
      at(it.expired),
    ])
    await pool().query(
      `UPDATE domains SET active = $2, allow_api = $3, verified_at = $4, mode = $5, ip_allowlist = $6, ip_monitor = $7 WHERE id = $1`,
      [
        gate.domain.id,
        it.active,
        it.allowApi,
        at(it.verified),
        it.live ? 'live' : 'test',
        lists[it.allowlist],
        it.allowlist === 'monitored',
      ],
    )
    await pool().query(`DELETE FROM rate_windows WHERE key LIKE 'gate:failures:%'`)
    await pool().query('DELETE FROM secret_domains WHERE secret_id = $1', [gate.secret.id])
    if (it.linked !== 'none') {
      await pool().query(
        `INSERT INTO secret_domains (secret_id, domain_id) SELECT $1, id FROM domains WHERE client_id = $2 AND (host = 'localhost') = $3`,
        [gate.secret.id, gate.clientId, it.linked === 'elsewhere'],
      )
    }
  }
})
