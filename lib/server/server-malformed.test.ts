import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ServerProcess, startServer } from '#lib/testing/server-process.ts'

let server: ServerProcess

beforeAll(async () => {
  server = await startServer()
}, 120_000)
afterAll(() => server?.dispose())

/** The answer to `bytes` on a connection of their own. */
function talk(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
}

const get = (target: string, headers = '') => talk(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${headers}Connection: close\r\n\r\n`)
const statusOf = (answer: string) => Number(answer.split(' ')[1])

it.each(['//', '///', '//[', '//%zz', '//evil.example/x', '/\\evil.example', '/%zz', '/%00'])(
  'answers %s as an address at which there is nothing, or leads to one of its own',
  async (target) => {
    const answer = await get(target)
    expect([308, 400, 404]).toContain(statusOf(answer))
    expect(/^location: (.*)$/im.exec(answer)?.[1] ?? '/').toMatch(/^\/(?![/\\])/)
  },
)

it.each([
  // Who must log in first is sent to do that.
  ['/clients/%FF', 307],
  ['/invitations/%ED%A0%80', 200],
  ['/logos/%FF/x', 404],
  ['/docs/%C3', 404],
])('answers %s, which is no UTF-8, as an address at which there is nothing', async (target, status) => {
  expect(statusOf(await get(target))).toBe(status)
})

it('refuses in its own words what Node would refuse with none', async () => {
  const id = /^x-request-id: req_[0-9A-Za-z]{20}\r$/im
  const host = 'Host: localhost\r\n'
  for (const [bytes, status, code] of [
    [`GET /api/v1/whoami HTTP/1.1\r\n${host}X-Client-Id: a\x01b\r\n\r\n`, 400, 'credentials_malformed'],
    [`GET /api/v1/whoami HTTP/1.1\r\n${host}X: ${'x'.repeat(33_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['GET /api/info HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'bad_request'],
    [`GET /api/info HTTP/1.1\r\n${host}${host}Connection: close\r\n\r\n`, 400, 'bad_request'],
  ] as const) {
    const answer = await talk(bytes)
    expect([statusOf(answer), id.test(answer), answer.includes(`"code":"${code}"`)]).toEqual([status, true, true])
  }
})

it('asks the gate about a credential of thousands of characters', async () => {
  const headers = `X-Client-Id: ${'a'.repeat(20_000)}\r\nX-Client-Secret: b\r\nX-Client-Domain: localhost\r\n`
  const answer = await get('/api/v1/whoami', headers)
  expect([statusOf(answer), answer.includes('"code":"credentials_malformed"')]).toEqual([400, true])
})

it('takes a whole address of its own, and passes over an expectation that it does not know', async () => {
  expect(statusOf(await get(`${server.url}/api/info`))).toBe(200)
  expect(statusOf(await get('http://evil.example/api/info'))).toBe(400)
  expect(statusOf(await get('/api/info', 'Expect: the-unexpected\r\n'))).toBe(200)
})

it('answers a request that offers another protocol as if it offered none', async () => {
  // What renders pages must have been at work once: it would take over the connections of the server then.
  expect(statusOf(await get('/login'))).toBe(200)
  for (const protocol of ['h2c', 'websocket'])
    for (const target of ['/healthz', '/api/info', '/oidc/.well-known/openid-configuration', '/login', '/docs']) {
      const answer = await get(target, `Connection: Upgrade\r\nUpgrade: ${protocol}\r\n`)
      expect([target, protocol, statusOf(answer)]).toEqual([target, protocol, 200])
    }
  const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n'
  const refused = await talk(`POST /oidc/token HTTP/1.1\r\nHost: localhost\r\n${form}\r\na=b&c=de`)
  expect([statusOf(refused), refused.includes('"invalid_request"')]).toEqual([400, true])
})

it('refuses a form that cannot be read, where a page alone would take it for its own failure', async () => {
  for (const target of ['/login', '/support/tickets/new', '/']) {
    const form = 'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 7\r\nConnection: close\r\n'
    const answer = await talk(`POST ${target} HTTP/1.1\r\nHost: localhost\r\n${form}\r\ngarbage`)
    expect([target, statusOf(answer), answer.includes('"code":"bad_request"')]).toEqual([target, 400, true])
  }
})
