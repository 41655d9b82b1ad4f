import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { childEnv } from '#lib/env.ts'
import { pkce } from '#lib/oidc/testing.ts'
import { type Installation, startInstallation } from './installation.ts'
import { ensureAuthlib } from './packages.ts'

const PYTHON = '/usr/bin/python3'
const REDIRECT_URI = 'http://localhost:4999/callback'

describe('Python’s Authlib', () => {
  let installation: Installation

  beforeAll(async () => {
    ensureAuthlib()
    installation = await startInstallation()
  })
  afterAll(() => installation?.close())

  it('logs in with PKCE, verifies the id token, reads, refreshes, introspects, revokes, and gets a token for itself', async () => {
    const client = await installation.addClient(REDIRECT_URI)
    const child = spawn(PYTHON, [path.join(import.meta.dirname, 'authlib_client.py')], {
      env: childEnv({ AUTHLIB_INSECURE_TRANSPORT: '1' }),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let complaint = ''
    child.stderr.on('data', (chunk) => {
      complaint += String(chunk)
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const say = (value: object) => child.stdin.write(`${JSON.stringify(value)}\n`)
    const hear = async (): Promise<Record<string, unknown>> => {
      const { value, done } = await lines.next()
      if (done) throw new Error(complaint)
      return JSON.parse(value)
    }
    const ended = once(child, 'close')

    const { verifier } = pkce()
    const { issuer, person } = installation
    say({ issuer, client_id: client.id, client_secret: client.secret, redirect_uri: REDIRECT_URI, code_verifier: verifier })
    const callback = await person.authorize(String((await hear()).url))
    say({ callback: callback.href })
    expect(await hear()).toMatchObject({
      claims: { iss: issuer, aud: client.id, nonce: 'a-nonce', sub: expect.stringMatching(/^\d+$/) },
      person: { name: 'Inter Op', email: 'interop@example.com' },
      rotated: true,
      active: true,
      revoked: 200,
      after: 401,
    })
    expect(await hear()).toEqual({ machine: 'Bearer' })
    expect(await ended).toEqual([0, null])
  })
})
