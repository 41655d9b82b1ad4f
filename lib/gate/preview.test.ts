import { beforeEach, expect, it, vi } from 'vitest'
import { flushSecretUses, revokeSecret } from '#lib/clients/index.ts'
import { db, pool } from '#lib/db.ts'
import { monthUsage } from '#lib/limits/index.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { previewGate } from './preview-gate.ts'
import { ask, changeDomain, codeOf, type GateFixture, makeGateFixture } from './testing.ts'
import type { GateInput } from './types.ts'

useTestDatabase()
let gate: GateFixture

beforeEach(async () => {
  gate = await makeGateFixture()
  await pool().query('DELETE FROM rate_windows')
})

function request(changes: Partial<GateInput> = {}): GateInput {
  return {
    headers: [
      ['X-Client-Id', gate.clientId],
      ['X-Client-Secret', generateClientSecret('live')],
      ['X-Client-Domain', gate.domain.host],
    ].flat(),
    ip: '203.0.113.7',
    secure: true,
    now: new Date(),
    use: 'api',
    ...changes,
  }
}

const preview = (secretId: string | null, changes?: Partial<GateInput>) => previewGate(request(changes), secretId)

it('answers as the gate would', async () => {
  expect(codeOf(await preview(gate.secret.id))).toBe('ok')
  expect(codeOf(await preview(null))).toBe('invalid_credentials')
  expect(codeOf(await preview(gate.testSecret.id))).toBe('mode_mismatch')
  const other = await makeGateFixture('other.example.com')
  expect(codeOf(await preview(other.secret.id))).toBe('invalid_credentials')
  await changeDomain(gate.clientId, { host: gate.domain.host, ipAllowlist: ['198.51.100.0/24'] })
  expect(codeOf(await preview(gate.secret.id))).toBe('ip_not_allowed')
  expect(codeOf(await preview(gate.secret.id, { ip: '198.51.100.4' }))).toBe('ok')
  await revokeSecret({ ctx: gate.cast.owner, input: { clientId: gate.clientId, secretId: gate.secret.id } })
  expect(codeOf(await preview(gate.secret.id))).toBe('invalid_credentials')
})

it('counts nothing and tells nobody, however often it is asked', async () => {
  await db().team.update({ where: { id: gate.cast.teamId }, data: { overridePerMinute: 1, overridePerMonth: 1 } })
  const query = vi.spyOn(pool(), 'query')
  for (let n = 0; n < 40; n++) {
    expect(codeOf(await preview(gate.secret.id))).toBe('ok')
    expect(codeOf(await preview(null))).toBe('invalid_credentials')
    expect(codeOf(await preview(gate.secret.id, { headers: [...request().headers, 'Origin', 'https://x.io'] }))).toBe('browser_refused')
  }
  const texts = query.mock.calls.map(([config]) => (config as unknown as { text: string }).text)
  query.mockRestore()
  expect(texts.filter((text) => !text.trimStart().startsWith('SELECT'))).toEqual([])
  await flushSecretUses()
  expect(await db().clientSecret.findUnique({ where: { id: gate.secret.id } })).toMatchObject({ lastUsedAt: null })
  expect(await db().alert.count({ where: { clientId: gate.clientId } })).toBe(0)
  expect(await monthUsage(gate.cast.teamId, new Date())).toBe(0)
})

it('sees what was counted', async () => {
  await db().team.update({ where: { id: gate.cast.teamId }, data: { overridePerMinute: 2, overridePerMonth: 1 } })
  expect(codeOf(await ask(gate))).toBe('ok')
  expect(codeOf(await preview(gate.secret.id))).toBe('quota_exceeded')
  await ask(gate)
  expect(codeOf(await preview(gate.secret.id))).toBe('rate_limited')
  for (let n = 0; n < 30; n++) await ask(gate, { secret: generateClientSecret('live'), ip: '192.0.2.9' })
  expect(codeOf(await preview(null, { ip: '192.0.2.9' }))).toBe('too_many_failures')
  expect(codeOf(await preview(gate.secret.id, { ip: '192.0.2.9' }))).toBe('rate_limited')
})
