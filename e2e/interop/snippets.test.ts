import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import NextAuth from 'next-auth'
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { snippetsOf } from '#components/clients/snippets.ts'
import { childEnv } from '#lib/env.ts'
import { type Installation, startInstallation } from './installation.ts'
import { ensureAuthlib } from './packages.ts'

const APP = 'http://localhost:3000'
const PERSON = { name: 'Inter Op', email: 'interop@example.com' }
/** What every log-in snippet says where its program is to be left and come back to. */
const PERSON_GOES = /^.*Send the person to url.*$/m
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as FunctionConstructor

describe('the quickstart of a client, as it is pasted', () => {
  let installation: Installation

  beforeAll(async () => {
    ensureAuthlib()
    installation = await startInstallation()
  })
  afterAll(() => installation?.close())

  /** A snippet with the values of a new client that returns to `redirectUri`. */
  async function snippet(key: string, redirectUri: string): Promise<{ code: string; secret: string }> {
    const { id, secret } = await installation.addClient(redirectUri)
    const values = {
      id,
      secret,
      redirectUri,
      kind: 'web',
      origin: installation.server.url,
      domain: 'localhost',
      idTokenAlg: 'RS256',
    } as const
    const code = snippetsOf(values).find((one) => one.key === key)?.code ?? ''
    return { code, secret }
  }

  it('logs in with openid-client', async () => {
    const { code, secret } = await snippet('node', `${APP}/cb`)
    const body = code.replace(/^import .*$/m, '').replace(PERSON_GOES, 'const currentUrl = await goes(url)')
    const run = new AsyncFunction('client', 'process', 'goes', `${body}; return tokens`)
    const goes = (url: URL) => installation.person.authorize(url.href)
    const tokens = (await run(openid, { env: { OIDC_CLIENT_SECRET: secret } }, goes)) as openid.TokenEndpointResponse
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'email openid profile' })
  })

  it('logs in with Python’s Authlib', async () => {
    const { code, secret } = await snippet('python', `${APP}/cb`)
    const program = code.replace(PERSON_GOES, 'print(url, flush=True); current_url = input()')
    const child = spawn('/usr/bin/python3', ['-c', program], {
      env: childEnv({ AUTHLIB_INSECURE_TRANSPORT: '1', OIDC_CLIENT_SECRET: secret }),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = once(child, 'close')
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const callback = await installation.person.authorize(String((await lines.next()).value))
    child.stdin.write(`${callback}\n`)
    expect((await lines.next()).value).toContain(PERSON.email)
    expect(await ended).toEqual([0, null])
  })

  it('logs in with next-auth, which is told name and address', async () => {
    const { code, secret } = await snippet('nextAuth', `${APP}/api/auth/callback/xwms`)
    const read = new AsyncFunction('NextAuth', 'process', `${code.replace(/^(import|export) .*$/gm, '')}; return handler`)
    vi.stubEnv('NEXTAUTH_URL', APP)
    vi.stubEnv('NEXTAUTH_SECRET', 's'.repeat(32))
    const ask = nextApp(await read(NextAuth, { env: { OIDC_CLIENT_SECRET: secret } }))
    const { csrfToken } = (await ask('csrf')).body
    const begun = await ask('signin/xwms', { method: 'POST', body: { csrfToken, callbackUrl: APP } })
    const callback = await installation.person.authorize(begun.location)
    await ask('callback/xwms', { query: Object.fromEntries(callback.searchParams) })
    expect((await ask('session')).body).toMatchObject({ user: PERSON })
  })
})

type Asked = { method?: string; query?: Record<string, string>; body?: object }
type Answer = { location: string; body: Record<string, unknown> }

/** A browser at an application of Next's whose log-in is this handler, as far as the handler sees either. */
function nextApp(handler: (req: object, res: object) => Promise<void>) {
  const cookies: Record<string, string> = {}
  return async (path: string, { method = 'GET', query = {}, body }: Asked = {}): Promise<Answer> => {
    const headers: Record<string, unknown> = {}
    const answer: Answer = { location: '', body: {} }
    const take = (content: Answer['body']) => {
      answer.body = content
    }
    const res = {
      status: () => res,
      getHeader: (name: string) => headers[name],
      setHeader: (name: string, value: unknown) => {
        headers[name] = value
        return res
      },
      json: take,
      send: take,
      end: () => undefined,
    }
    await handler({ method, headers: {}, cookies, query: { ...query, nextauth: path.split('/') }, body }, res)
    for (const line of [headers['Set-Cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(String(line)) ?? []
      cookies[name] = decodeURIComponent(value)
    }
    return { ...answer, location: String(headers.Location ?? '') }
  }
}
