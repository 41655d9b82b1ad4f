import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addRedirectUri, createClient } from '#lib/clients/index.ts'
import { newRequestId } from '#lib/ids.ts'
import { flushRequests, recordRequest } from '#lib/requests/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listRedirectMismatches } from './index.ts'

describe('redirect URIs that were asked for and refused', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeAll(async () => {
    cast = await makeCast()
  })

  beforeEach(async () => {
    const input = { teamId: cast.teamId, name: 'Shop', domains: ['localhost:test', 'app.example.com:live'] }
    clientId = (await createClient({ ctx: cast.owner, input })).client.id
  })

  function seen(detail: Record<string, unknown>, { decision = 'invalid_redirect_uri', ip = '203.0.113.1', at = new Date() } = {}): void {
    recordRequest({
      requestId: newRequestId(),
      at,
      teamId: cast.teamId,
      clientId,
      domainId: null,
      secretId: null,
      accountId: null,
      mode: null,
      method: 'GET',
      path: '/oidc/auth',
      endpoint: 'authorization',
      status: 400,
      decision,
      ip,
      userAgent: null,
      host: null,
      durationMs: 1,
      checks: null,
      detail,
    })
  }

  async function list(ctx = cast.owner) {
    await flushRequests()
    return listRedirectMismatches({ ctx, input: { clientId } })
  }

  it.each([
    ['owner', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'ok'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(list(cast[actor]))).toBe(expected)
  })

  it('are in the request log, so its permission counts', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'domains.manage'])
    await expect(list(member)).rejects.toMatchObject({ params: { permission: 'logs.read' } })
  })

  it('are counted by address, and say whether they could be added as they are', async () => {
    seen({ redirect_uri: 'http://localhost:4000/cb' })
    seen({ redirect_uri: 'http://localhost:4000/cb' }, { ip: '203.0.113.2' })
    seen({ redirect_uri: 'https://evil.example.org/cb' })
    seen({ redirect_uri: 'http://app.example.com/cb' })
    seen({ redirect_uri: 'https://app.example.com/next', redirect_uri_cut: true })
    seen(
      { post_logout_redirect_uri: 'https://app.example.com/bye', description: 'post_logout_redirect_uri not registered' },
      { decision: 'invalid_request' },
    )
    seen({ redirect_uri: 'https://app.example.com/other', description: 'state is missing' }, { decision: 'invalid_request' })
    seen({ redirect_uri: 'https://app.example.com/fine' }, { decision: 'ok' })
    seen({ redirect_uri: 'https://app.example.com/yesterday' }, { at: new Date(Date.now() - 25 * 3_600_000) })
    const found = new Map((await list()).map((one) => [one.uri, one]))
    expect(found.get('http://localhost:4000/cb')).toMatchObject({ kind: 'login', count: 2, callers: 2, cut: false, problem: null })
    expect(found.get('https://evil.example.org/cb')?.problem).toBe('uri_domain_unknown')
    expect(found.get('http://app.example.com/cb')?.problem).toBe('uri_http_live')
    expect(found.get('https://app.example.com/next')).toMatchObject({ cut: true, problem: null })
    expect(found.get('https://app.example.com/bye')).toMatchObject({ kind: 'logout', problem: null })
    expect(found.size).toBe(5)
  })

  it('leave the list once they are added', async () => {
    seen({ redirect_uri: 'http://localhost:4000/cb' })
    expect(await list()).toHaveLength(1)
    await addRedirectUri({ ctx: cast.owner, input: { clientId, uri: 'http://localhost:4000/cb' } })
    expect(await list()).toEqual([])
  })
})
