import { createServer, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { documentAnswer, factsOf } from '#lib/request-facts.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { cidrList } from './client-address.ts'
import { createListener, type LaneOptions } from './lanes.ts'

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

describe('the listener', () => {
  useTestDatabase()
  let server: Server | undefined
  afterEach(() => void server?.close())

  const echo =
    (lane: string): NonNullable<LaneOptions['api']> =>
    async (req, res) => {
      res.end(JSON.stringify({ lane, url: req.url, headers: req.headers, facts: factsOf(req) }))
    }

  async function ask(
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
    options: Partial<LaneOptions> = {},
  ): Promise<Answer> {
    const listener = createListener({
      publicUrl: 'https://login.example.com',
      development: false,
      trustedProxies: cidrList([]),
      metricsToken: undefined,
      isStopping: () => false,
      oidc: echo('oidc'),
      api: echo('api'),
      pages: echo('pages'),
      preparePage: () => ({ formTargets: ['https://app.example.com'] }),
      ...options,
    })
    const listening = createServer(listener)
    server = listening
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    const { port } = listening.address() as AddressInfo
    return new Promise((resolve, reject) => {
      const call = request({ port, host: '127.0.0.1', path, method: init.method ?? 'GET', headers: init.headers ?? {} }, (res) => {
        let body = ''
        res.on('data', (chunk) => {
          body += chunk
        })
        res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }))
      })
      call.on('error', reject)
      call.end(init.body)
    })
  }

  it.each([
    ['/oidc/token', 'oidc'],
    ['/oidc?x', 'oidc'],
    ['/oidcx', 'pages'],
    ['/api/v1/whoami', 'api'],
    ['/api/auth/session', 'pages'],
    ['/api/authentic', 'api'],
    ['/clients', 'pages'],
    ['/', 'pages'],
  ])('sends %s down the lane of %s', async (path, lane) => {
    expect(JSON.parse((await ask(path)).body).lane).toBe(lane)
  })

  it.each([
    ['/clients/%FF?q=%FF', '/clients/%25FF?q=%FF'],
    ['/sign/a%2Fb%ED%A0%80', '/sign/a%252Fb%25ED%25A0%2580'],
    ['/clients/a%2Fb?q=%FF?', '/clients/a%2Fb?q=%FF?'],
  ])('hands %s to pages as %s', async (path, url) => {
    const { lane, url: got, headers } = JSON.parse((await ask(path)).body)
    expect([lane, got, headers['x-xwms-path']]).toEqual(['pages', url, url])
  })

  it('keeps nothing of a document whose browser went while it was prepared', async () => {
    const prepared = Promise.withResolvers<{ formTargets: readonly string[] }>()
    const [asked, rendered] = [Promise.withResolvers<ServerResponse>(), Promise.withResolvers<string>()]
    const preparePage: LaneOptions['preparePage'] = (_, res) => {
      asked.resolve(res)
      return prepared.promise
    }
    const gone = ask('/clients', {}, { preparePage, pages: (req) => rendered.resolve(String(req.headers['x-request-id'])) })
    const failed = expect(gone).rejects.toThrow()
    const res = await asked.promise
    const closed = new Promise((resolve) => res.once('close', resolve))
    res.req.socket.destroy()
    await closed
    prepared.resolve({ formTargets: [] })
    expect(documentAnswer(await rendered.promise)).toBeUndefined()
    await failed
  })

  it('rewrites the metadata address of RFC 8414', async () => {
    expect(JSON.parse((await ask('/.well-known/oauth-authorization-server/oidc')).body)).toMatchObject({
      lane: 'oidc',
      url: '/oidc/.well-known/oauth-authorization-server',
    })
  })

  it('replaces Host and forwarding headers by what it knows', async () => {
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '1.2.3.4',
      forwarded: 'for=1.2.3.4',
      'x-xwms-ip': '1.2.3.4',
      'x-nonce': 'abc',
    }
    for (const path of ['/oidc/x', '/clients']) {
      const { headers, facts } = JSON.parse((await ask(path, { headers: forged })).body)
      expect(headers.host).toBe('login.example.com')
      expect(headers['x-forwarded-host']).toBeUndefined()
      expect(headers.forwarded).toBeUndefined()
      expect(headers['x-forwarded-proto']).toBe('https')
      expect(headers['x-xwms-ip']).toBe('127.0.0.1')
      expect(headers['x-nonce']).not.toBe('abc')
      expect(facts).toMatchObject({ ip: '127.0.0.1', forwarded: true })
    }
  })

  it.each([
    ['/clients', 'same-origin'],
    ['/', 'same-origin'],
    ['/loginx', 'same-origin'],
    ['/oidc/auth', undefined],
    ['/interaction/abc/answer', undefined],
    ['/sign/abcdefghijk', undefined],
    ['/login', undefined],
    ['/register/submit', undefined],
    ['/api/auth/callback/google', undefined],
    ['/preferences', undefined],
  ])('parts windows at %s by the policy %s: not those of an application and of the log-in that it opened', async (path, policy) => {
    expect((await ask(path)).headers['cross-origin-opener-policy']).toBe(policy)
  })

  it('gives every answer an id and the security headers, and pages a policy with a fresh nonce', async () => {
    const [a, b] = [await ask('/clients'), await ask('/clients')]
    expect(a.headers['x-request-id']).toMatch(/^req_[0-9A-Za-z]{20}$/)
    expect(a.headers['x-request-id']).not.toBe(b.headers['x-request-id'])
    expect(a.headers['strict-transport-security']).toContain('max-age=')
    expect(a.headers['x-content-type-options']).toBe('nosniff')
    expect(a.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(a.headers['content-security-policy']).toContain("form-action 'self' https://app.example.com")
    expect(a.headers['content-security-policy']).not.toBe(b.headers['content-security-policy'])
  })

  const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
  const part = (text: string) => `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${text}\r\n`

  it.each([
    ['garbage', 'garbage', {}],
    ['a form without an end', part('b'), {}],
    ['a part without a name', '--x\r\n\r\nb\r\n--x--\r\n', {}],
    ['nothing', '', {}],
    ['no boundary', `${part('b')}--x--\r\n`, { 'content-type': 'multipart/form-data' }],
  ])('refuses %s as a multipart form', async (_what, body, headers) => {
    const pages = vi.fn(echo('pages'))
    const sent = { ...multipart, ...headers, 'content-length': String(body.length) }
    const answer = await ask('/login', { method: 'POST', headers: sent, body }, { pages })
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([400, 'bad_request'])
    expect(pages).not.toHaveBeenCalled()
  })

  it.each([1, 500_000])('hands a multipart form of %d bytes to the pages whole', async (size) => {
    const body = `${part('b'.repeat(size))}--x--\r\n`
    const pages: LaneOptions['pages'] = async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      res.end(Buffer.concat(chunks))
    }
    const headers = { ...multipart, 'content-length': String(body.length) }
    expect((await ask('/login', { method: 'POST', headers, body }, { pages })).body).toBe(body)
  })

  it('refuses what is too large or has no length, and targets that are no paths', async () => {
    expect((await ask('/oidc/token', { method: 'POST', headers: { 'content-length': '1048577' } })).status).toBe(413)
    expect((await ask('/clients', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x' })).status).toBe(411)
    for (const target of [
      'http://evil.example/',
      'http://login.example.com@evil.example/x',
      'http://user@login.example.com/x',
      'http://login.example.com:8080/x',
      'ftp://login.example.com/',
      'http://',
      '*',
    ]) {
      const answer = await ask(target)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body).error.code).toBe('bad_request')
    }
  })

  // RFC 9112 §3.2.2: a server MUST accept the absolute form, though clients send it to proxies only.
  it.each([
    ['https://login.example.com/api/info?x=1', 'api', '/api/info?x=1'],
    ['HTTP://LOGIN.example.com:80/clients', 'pages', '/clients'],
    ['https://login.example.com:443/oidc/token', 'oidc', '/oidc/token'],
    ['https://login.example.com?x', 'pages', '/?x'],
  ])('takes %s for the path that it names', async (target, lane, url) => {
    expect(JSON.parse((await ask(target)).body)).toMatchObject({ lane, url, headers: { host: 'login.example.com' } })
  })

  it.each(['//', '///', '//[', '//%zz', '//evil.example/x', '/\\evil.example'])('asks pages about %s as a path of ours', async (target) => {
    const seen: URL[] = []
    const preparePage: LaneOptions['preparePage'] = (_req, _res, url) => {
      seen.push(url)
      return { formTargets: [] }
    }
    expect((await ask(target, {}, { preparePage })).status).toBe(200)
    expect(seen.map(({ origin }) => origin)).toEqual(['https://login.example.com'])
  })

  it('answers on the lane of OAuth as RFC 6749 does, elsewhere in the whole envelope of the API', async () => {
    const broken = () => Promise.reject(new Error('password=hunter2'))
    expect(JSON.parse((await ask('/oidc/token', { method: 'POST', headers: { 'content-length': '1048577' } })).body)).toEqual({
      error: 'invalid_request',
      error_description: 'The body is larger than 1 MiB',
    })
    expect(JSON.parse((await ask('/oidc/token', {}, { oidc: broken })).body)).toEqual({
      error: 'server_error',
      error_description: 'Something went wrong on our side',
    })
    const { headers, body } = await ask('/api/info', {}, { api: broken })
    const [requestId, docs] = [headers['x-request-id'], 'http://localhost:3000/docs/errors#internal_error']
    expect(JSON.parse(body)).toEqual({
      status: 'error',
      message: 'Something went wrong on our side',
      data: null,
      error: { code: 'internal_error', request_id: requestId, docs, fields: [] },
    })
  })

  it('logs no token that a path carries', async () => {
    const debug = vi.spyOn(log(), 'debug').mockImplementation(() => {})
    vi.spyOn(log(), 'isLevelEnabled').mockReturnValue(true)
    onTestFinished(() => void vi.restoreAllMocks())
    for (const path of ['/invitations/hush-hush', '/invitations/hush-hush/answer', '/sign/hush-hush', '/sign/hush-hush/answer'])
      await ask(path)
    await expect.poll(() => debug.mock.calls.length).toBe(4)
    expect(JSON.stringify(debug.mock.calls)).toContain('/invitations/…/answer')
    expect(JSON.stringify(debug.mock.calls)).not.toContain('hush-hush')
  })

  it.each(['null', 'https://evil.example', 'http://login.example.com', 'https://login.example.com.evil.example'])(
    'refuses a POST to a page from origin %s',
    async (origin) => {
      const init = { method: 'POST', headers: { origin, 'content-length': '0' } }
      expect((await ask('/login', init)).status).toBe(403)
      // The protocol's endpoints authenticate clients, and browser apps call them from elsewhere.
      expect((await ask('/oidc/token', init)).status).toBe(200)
      expect((await ask('/login', { ...init, headers: { ...init.headers, origin: 'https://login.example.com' } })).status).toBe(200)
    },
  )

  it('answers 500 in JSON without details when a lane throws', async () => {
    const answer = await ask('/api/x', {}, { api: () => Promise.reject(new Error('password=hunter2')) })
    expect(answer.status).toBe(500)
    expect(answer.body).not.toContain('hunter2')
    expect(JSON.parse(answer.body).error.code).toBe('internal_error')
  })

  it('is healthy; is ready with the database, and not while it stops', async () => {
    expect((await ask('/healthz')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(200)
    expect((await ask('/readyz', {}, { isStopping: () => true })).status).toBe(503)
  })

  it('shows metrics to loopback without forwarding headers, or to who has the token', async () => {
    expect((await ask('/metrics')).status).toBe(200)
    expect((await ask('/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(403)
    expect((await ask('/metrics', {}, { metricsToken: 'a-long-enough-token' })).status).toBe(401)
    expect(
      (await ask('/metrics', { headers: { authorization: 'Bearer a-long-enough-token' } }, { metricsToken: 'a-long-enough-token' })).status,
    ).toBe(200)
  })
})
