import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { cidrList } from './client-address.ts'
import { clientErrorListener } from './client-error.ts'
import { createListener, type LaneOptions } from './lanes.ts'

let server: Server

beforeAll(() => void setSingleton('env', parseEnv(TEST_ENV)))
afterEach(() => server.close())

type Api = NonNullable<LaneOptions['api']>

const read: Api = async (req, res) => {
  req.on('data', () => {}).on('end', () => res.end('read'))
}

/** What the server writes on one connection that sends `bytes`, until it is closed. */
async function talk(bytes: string | string[], api: Api = read): Promise<string> {
  const listener = createListener({
    publicUrl: 'http://localhost:3000',
    development: false,
    trustedProxies: cidrList([]),
    metricsToken: undefined,
    isStopping: () => false,
    oidc: read,
    api,
    pages: read,
    preparePage: () => ({ formTargets: [] }),
  })
  const options = {
    requireHostHeader: false,
    maxHeaderSize: 32 * 1024,
    headersTimeout: 200,
    requestTimeout: 400,
    connectionsCheckingInterval: 50,
  }
  server = createServer(options, listener)
  server.on('clientError', clientErrorListener({ secure: false }))
  server.on('checkExpectation', listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('latin1').on('data', (chunk) => {
    answer += chunk
  })
  const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve))
  const [first = '', ...more] = [bytes].flat()
  socket.write(first, 'latin1')
  // The others once something was answered.
  for (const part of more) {
    await new Promise((resolve) => socket.once('data', resolve))
    socket.write(part, 'latin1')
  }
  await closed
  return answer
}

function parsed(answer: string): { status: number; headers: Map<string, string>; body: string } {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const headers = new Map(lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)]))
  return { status: Number(line.split(' ')[1]), headers, body }
}

describe('what never becomes a request', () => {
  it.each<[string, string, number, string]>([
    ['is no HTTP', 'hello\r\n\r\n', 400, 'bad_request'],
    ['has a control character', 'GET /api/info HTTP/1.1\r\nHost: a\r\nX-Else: a\x01b\r\n\r\n', 400, 'bad_request'],
    [
      'has one in a credential header',
      'GET /api/v1/whoami HTTP/1.1\r\nHost: a\r\nX-Client-Id: a\x01b\r\n\r\n',
      400,
      'credentials_malformed',
    ],
    [
      'has two lengths',
      'POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'bad_request',
    ],
    [
      'has more headers than there may be',
      `GET /api/info HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(33_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['does not end', 'GET /api/info HTTP/1.1\r\nHost: a\r\n', 408, 'request_timeout'],
    ['has a body that is no chunks', 'POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400, 'bad_request'],
    ['has no Host', 'GET /api/info HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'bad_request'],
    ['has two', 'GET /api/info HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400, 'bad_request'],
  ])('is answered in the envelope of the API: what %s', async (_what, bytes, expected, code) => {
    const { status, headers, body } = parsed(await talk(bytes))
    expect(status).toBe(expected)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('connection')).toBe('close')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const request_id = headers.get('x-request-id')
    expect(request_id).toMatch(/^req_[0-9A-Za-z]{20}$/)
    expect(Buffer.byteLength(body)).toBe(Number(headers.get('content-length')))
    expect(JSON.parse(body)).toMatchObject({ status: 'error', data: null, error: { code, request_id, fields: [] } })
  })

  it('lets a long value reach the gate, a request of HTTP/1.0 do without Host, and passes over an unknown expectation', async () => {
    const long = `X-Client-Id: ${'x'.repeat(20_000)}`
    expect(parsed(await talk(`GET /api/info HTTP/1.1\r\nHost: a\r\n${long}\r\nConnection: close\r\n\r\n`)).status).toBe(200)
    expect(parsed(await talk('GET /api/info HTTP/1.0\r\n\r\n')).status).toBe(200)
    expect(parsed(await talk('GET /api/info HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n')).status).toBe(200)
  })
})

describe('a connection that has an answer', () => {
  const first = 'GET /api/first HTTP/1.1\r\nHost: a\r\n\r\n'

  it('gets the refusal of the second request after the answer to the first', async () => {
    const answer = await talk([first, 'nonsense\r\n\r\n'])
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
  })

  it('gets that answer, and nothing that could be taken for it, when what is malformed comes before it', async () => {
    const slow: Api = async (req, res) => void req.resume().on('end', () => setImmediate(() => res.end('slow')))
    const answer = await talk(`${first}nonsense\r\n\r\n`, slow)
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
    expect(answer).toContain('slow')
  })

  it('gets nothing more in the midst of an answer', async () => {
    const begin: Api = async (_req, res) => void res.write('begun')
    const answer = await talk(['POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n', 'zz\r\n'], begin)
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
    expect(answer).not.toContain('bad_request')
  })
})
