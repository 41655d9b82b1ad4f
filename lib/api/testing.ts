import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSecret } from '#lib/clients/index.ts'
import { makeApiClient, type TestClient } from '#lib/connections/testing.ts'
import { systemContext } from '#lib/context.ts'
import { cidrList, createListener } from '#lib/http/index.ts'
import { apiHandler } from './index.ts'

export type TestApi = { origin: string; close: () => Promise<void> }

/** The real listener with the API's lane on a free port. `publicUrl` is what the installation is called. */
export async function startTestApi(publicUrl: string): Promise<TestApi> {
  const server = createServer(
    // As the server has it. By default connections go after five seconds, which under load may be while a request is on its way.
    { keepAliveTimeout: 65_000 },
    createListener({
      publicUrl,
      development: false,
      trustedProxies: cidrList([]),
      metricsToken: undefined,
      isStopping: () => false,
      oidc: null,
      api: apiHandler,
      pages: (_req, res) => res.writeHead(404).end('no pages here'),
      preparePage: () => ({ formTargets: [] }),
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => stop(server) }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export type Answer = {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  body: any
}

export type Ask = { method?: string; headers?: Record<string, string | string[]>; body?: unknown; chunked?: boolean }

/** One request by Node's own client: repeated headers, any body, any method. A body that is no string or bytes is sent as JSON. */
export function ask(origin: string, path: string, { method, headers = {}, body, chunked = false }: Ask = {}): Promise<Answer> {
  const bytes =
    body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return new Promise((resolve, reject) => {
    const req = httpRequest(
      `${origin}${encodeURI(path).replaceAll('%25', '%')}`,
      { method: method ?? (body === undefined ? 'GET' : 'POST'), headers },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk) => chunks.push(chunk))
        res.once('error', reject)
        res.once('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: res.statusCode ?? 0, headers: res.headers, text, body: text ? JSON.parse(text) : undefined })
        })
      },
    )
    // A refusal may come, and the connection close, before the whole body is sent.
    req.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error)))
    if (bytes && !chunked) req.setHeader('content-length', bytes.length)
    if (bytes && chunked) for (let at = 0; at < bytes.length; at += 65_536) req.write(bytes.subarray(at, at + 65_536))
    req.end(bytes && !chunked ? bytes : undefined)
  })
}

/** The three headers of a client. */
export function credentials({ id, secret, host }: Pick<TestClient, 'id' | 'secret' | 'host'>): Record<string, string> {
  return { 'x-client-id': id, 'x-client-secret': secret, 'x-client-domain': host }
}

/** Where live clients of tests return to. */
export const BACK = 'https://app.example.com/back'

/** A client with one verified live domain, and a live secret of it. */
export async function liveClient(teamId: string, options: { scopes?: string[] } = {}): Promise<TestClient> {
  const made = await makeApiClient(teamId, { mode: 'live', redirectUris: [BACK, `${BACK}?shop=1`], ...options })
  const secret = await createSecret({ ctx: systemContext('test'), input: { clientId: made.id, mode: 'live' } })
  return { ...made, secret: secret.value }
}

/** Status and code of an answer, as the contract's tables name them. */
export function outcomeOf({ status, body }: Answer): [number, string] {
  return [status, body.error?.code ?? body.status]
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
