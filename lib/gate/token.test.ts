import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { liftRestriction, restrictClient } from '#lib/alerts/index.ts'
import { deleteClient, disableClient, enableClient } from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { checkGateForToken } from './check-gate-for-token.ts'
import type { GateCode } from './codes.ts'
import { changeDomain, codeOf, type GateFixture, makeGateFixture } from './testing.ts'
import type { GateResult, ResolvedToken, TokenGateInput } from './types.ts'

const database = useTestDatabase()
let gate: GateFixture
let local: { id: string }

beforeAll(() => {
  setSingleton('env', parseEnv({ ...TEST_ENV, DATABASE_URL: database.url(), PUBLIC_URL: 'https://id.example.com' }))
})

beforeEach(async () => {
  gate = await makeGateFixture()
  local = await db().domain.findFirstOrThrow({ where: { clientId: gate.clientId, host: 'localhost' } })
})

const args = () => ({ ctx: gate.cast.owner, input: { clientId: gate.clientId } })

function ask(token: Partial<ResolvedToken> = {}, rest: Partial<TokenGateInput> = {}): Promise<GateResult> {
  const full = { clientId: gate.clientId, domainId: gate.domain.id, mode: 'live' as const, sub: '123', scopes: ['openid'], ...token }
  return checkGateForToken({ token: full, headers: [], ip: '203.0.113.7', secure: true, now: new Date(), use: 'api', ...rest })
}

const machine = { sub: null, domainId: null } as const
const named = (host: string) => ({ headers: ['X-Client-Domain', host] })

describe('which domain', () => {
  it('a user’s token: the one it was issued for, whatever the header says', async () => {
    expect(await ask()).toMatchObject({ ok: true, domain: gate.domain, secret: null, scopes: ['openid'], mode: 'live' })
    expect(await ask({}, named('localhost'))).toMatchObject({ ok: true, domain: gate.domain })
  })

  it('client credentials: the named one, else the primary one', async () => {
    expect(await ask({ ...machine, mode: 'test' })).toMatchObject({ ok: true, domain: { id: local.id }, mode: 'test' })
    expect(await ask(machine, named('APP.example.com.'))).toMatchObject({ ok: true, domain: gate.domain, mode: 'live' })
    expect(await ask(machine, named(gate.domain.id))).toMatchObject({ ok: true, domain: gate.domain })
    expect(await ask(machine, named(' '))).toMatchObject({ ok: true, domain: { id: local.id } })
  })

  it.each(['evil.io', 'https://app.example.com', 'a b', 'dom_00000000000000000000'])(
    'client credentials with %s: domain_not_allowed',
    async (host) => {
      expect(codeOf(await ask(machine, named(host)))).toBe('domain_not_allowed')
    },
  )

  it('refuses a header that was sent twice, and a domain that is gone', async () => {
    const headers = ['X-Client-Domain', 'localhost', 'X-Client-Domain', 'app.example.com']
    expect(codeOf(await ask(machine, { headers }))).toBe('domain_not_allowed')
    expect(codeOf(await ask({ domainId: 'dom_gone' }))).toBe('domain_not_allowed')
  })

  it('takes the mode of the domain when the token has none', async () => {
    expect(await ask({ mode: null })).toMatchObject({ ok: true, mode: 'live' })
  })
})

it('asks checks 1, 6 to 8, 10 to 12 and 15 to 18, in this order', async () => {
  const { clientId, domain, cast } = gate
  const setTeam = (data: object) => db().team.update({ where: { id: cast.teamId }, data })
  await setTeam({ planEndsAt: new Date(0), overridePerMinute: 0, overridePerMonth: 0 })
  await changeDomain(clientId, { host: domain.host, active: false, verified: false, allowApi: false, ipAllowlist: ['10.0.0.0/8'] })
  await disableClient(args())
  await restrictClient(args())
  const token: Partial<ResolvedToken> = { domainId: 'dom_gone' }
  const request: Partial<TokenGateInput> = { secure: false, headers: ['Origin', 'https://app.example.com'] }

  const ladder: [GateCode | 'ok', () => unknown][] = [
    ['https_required', () => Object.assign(request, { secure: true })],
    ['client_disabled', () => enableClient(args())],
    ['client_restricted', () => liftRestriction(args())],
    ['plan_inactive', () => setTeam({ planEndsAt: null })],
    ['domain_not_allowed', () => Object.assign(token, { domainId: domain.id })],
    ['domain_inactive', () => changeDomain(clientId, { host: domain.host, active: true })],
    ['domain_unverified', () => changeDomain(clientId, { host: domain.host, verified: true })],
    ['api_not_allowed', () => changeDomain(clientId, { host: domain.host, allowApi: true })],
    ['ip_not_allowed', () => changeDomain(clientId, { host: domain.host, ipAllowlist: [] })],
    ['rate_limited', () => setTeam({ overridePerMinute: 100 })],
    ['quota_exceeded', () => setTeam({ overridePerMonth: 1 })],
    ['ok', () => {}],
  ]
  for (const [expected, mend] of ladder) {
    expect(codeOf(await ask(token, request))).toBe(expected)
    await mend()
  }
  const skipped = (await ask(token, request)).checks.filter(({ verdict }) => verdict === 'skipped').map(({ check }) => check)
  expect(skipped.slice(0, 7)).toEqual([
    'credentials_missing',
    'credentials_malformed',
    'too_many_failures',
    'invalid_credentials',
    'browser_refused',
    'secret_not_linked',
    'mode_mismatch',
  ])
})

it('refuses the token of a deleted client', async () => {
  await deleteClient(args())
  expect(codeOf(await ask())).toBe('invalid_credentials')
})
