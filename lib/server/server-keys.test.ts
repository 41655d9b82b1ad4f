import { rmSync } from 'node:fs'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorizeUrl, pkce, post } from '#lib/oidc/testing.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { originsOf, startSecond } from '#lib/testing/server-pair.ts'
import { type ServerProcess, startServer, temporaryDataDir, until } from '#lib/testing/server-process.ts'

const CALLBACK = 'http://localhost:4999/cb'
const PERSON = { email: 'keys@example.com', password: 'seven quick foxes at dawn' }
const STREAMS = 4

describe('signing keys under load on two processes', () => {
  const dataDir = temporaryDataDir()
  let first: ServerProcess
  let second: ServerProcess
  let client: { id: string; secret: string }
  let person: HttpPerson

  beforeAll(async () => {
    first = await startServer({ dataDir })
    second = await startSecond(first)
    await first.cli('user', 'create', '--email', PERSON.email, '--password', PERSON.password, '--name', 'Keys')
    const asked = ['--owner', PERSON.email, '--name', 'Keys', '--redirect-uri', CALLBACK]
    const made = await first.cli<{ client_id: string; client_secret: string }>('client', 'create', ...asked)
    client = { id: made.client_id, secret: made.client_secret }
    person = new HttpPerson(first.url)
    await person.logIn(PERSON)
  }, 180_000)

  afterAll(async () => {
    await second?.dispose()
    await first?.dispose()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function logIn(): Promise<string> {
    const { verifier, challenge } = pkce()
    const scope = 'openid offline_access'
    const url = authorizeUrl(first.url, { client_id: client.id, redirect_uri: CALLBACK, scope, code_challenge: challenge })
    const code = (await person.authorize(url)).searchParams.get('code') ?? ''
    const body = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK }
    return String((await post(first.url, '/oidc/token', body, client)).body.refresh_token)
  }

  it('rotate three times without one failed verification', async () => {
    const origins = originsOf(first, second)
    // The keys ahead are made in the background after the very first start.
    const published = async () => ((await (await fetch(`${first.url}/oidc/jwks`)).json()) as { keys: unknown[] }).keys.length
    await until('three keys are published ahead', async () => (await published()) === 12)
    // Two relying parties, each asking another process for the keys, and as slow to ask again as the documents allow.
    const jwks = origins.map((at) => createRemoteJWKSet(new URL(`${at}/oidc/jwks`), { cooldownDuration: 300_000, cacheMaxAge: 300_000 }))
    const kids = new Set<string>()
    let verified = 0
    let rotating = true

    const stream = async (begin: string, index: number): Promise<void> => {
      let token = begin
      for (let round = 0; rotating; round++) {
        const at = origins[(index + round) % 2] as string
        const { status, body } = await post(at, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token }, client)
        expect(status, JSON.stringify(body)).toBe(200)
        token = String(body.refresh_token)
        for (const keys of jwks) {
          const { protectedHeader } = await jwtVerify(String(body.id_token), keys, { issuer: `${first.url}/oidc`, audience: client.id })
          kids.add(protectedHeader.kid as string)
          verified++
        }
      }
    }
    const tokens: string[] = []
    for (let index = 0; index < STREAMS; index++) tokens.push(await logIn())
    const streams = Promise.all(tokens.map(stream))
    for (let rotation = 1; rotation <= 3; rotation++) {
      await first.cli('keys', 'rotate')
      await until(`tokens signed by key ${rotation + 1}`, () => kids.size > rotation)
    }
    rotating = false
    await streams
    expect(kids.size).toBe(4)
    expect(verified).toBeGreaterThan(20)
  }, 120_000)
})
