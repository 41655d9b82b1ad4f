import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { metricsText } from '#lib/http/index.ts'
import { recordRequest } from '#lib/requests/index.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { startMetrics } from './metrics.ts'

const row = {
  requestId: 'req_1',
  at: new Date(),
  teamId: null,
  clientId: null,
  domainId: null,
  secretId: null,
  accountId: null,
  mode: null,
  method: 'GET',
  ip: null,
  userAgent: null,
  host: null,
  durationMs: 1,
  checks: null,
  detail: null,
}

describe('/metrics', () => {
  useTestDatabase()
  let text = ''

  beforeAll(async () => {
    startMetrics()
    recordRequest({ ...row, path: '/api/v1/whoami', endpoint: 'GET v1/whoami', status: 403, decision: 'ip_not_allowed' })
    recordRequest({ ...row, path: '/oidc/token', endpoint: 'token:refresh_token', status: 200, decision: 'ok' })
    recordRequest({ ...row, path: '/oidc/token', endpoint: 'token:refresh_token', status: 400, decision: 'invalid_grant' })
    text = await metricsText()
  })

  it.each([
    'xwms_decisions_total{kind="gate",decision="ip_not_allowed"} 1',
    'xwms_decisions_total{kind="oauth",decision="invalid_grant"} 1',
    'xwms_tokens_issued_total{grant_type="refresh_token"} 1',
    'xwms_request_log_dropped 0',
  ])('has %s', (line) => {
    expect(text.split('\n')).toContain(line)
  })

  it('counts once however often it is read', async () => {
    expect(await metricsText()).toContain('xwms_tokens_issued_total{grant_type="refresh_token"} 1\n')
  })

  it('has every figure that docs/grafana.json draws', () => {
    const dashboard = readFileSync(path.resolve(import.meta.dirname, '../../docs/grafana.json'), 'utf8')
    const drawn = new Set(dashboard.match(/\b(xwms|nodejs|process)_\w+/g))
    expect(drawn.size).toBeGreaterThan(12)
    const missing = [...drawn].filter((name) => !text.includes(`# TYPE ${name.replace(/_bucket$/, '')} `))
    expect(missing).toEqual([])
  })
})
