import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorizeUrl, pkce, post, type TokenAnswer } from '#lib/oidc/testing.ts'
import { HttpPerson } from '#lib/testing/http-person.ts'
import { originsOf, sharing, startSecond } from '#lib/testing/server-pair.ts'
import { type ServerProcess, startServer, temporaryDataDir } from '#lib/testing/server-process.ts'

const CALLBACK = 'http://localhost:4999/cb'
const PERSON = { email: 'racer@example.com', password: 'seven quick foxes at dawn' }

type Code = { code: string; verifier: string }

describe('two real processes on one PostgreSQL', () => {
  const dataDir = temporaryDataDir()
  /** Everything that must not be found in the database afterwards. */
  const secrets: string[] = [PERSON.password]
  let first: ServerProcess
  let second: ServerProcess
  let client: { id: string; secret: string }
  let person: HttpPerson

  beforeAll(async () => {
    first = await startServer({ dataDir })
    second = await startSecond(first)
    await first.cli('user', 'create', '--email', PERSON.email, '--password', PERSON.password, '--name', 'Racer')
    const made = await first.cli<{ client_id: string; client_secret: string }>(
      'client',
      'create',
      '--owner',
      PERSON.email,
      '--name',
      'Races',
      '--redirect-uri',
      CALLBACK,
    )
    client = { id: made.client_id, secret: made.client_secret }
    secrets.push(client.secret)
    person = new HttpPerson(first.url)
    await person.logIn(PERSON)
  }, 180_000)

  afterAll(async () => {
    await second?.dispose()
    await first?.dispose()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function getCode(): Promise<Code> {
    const { verifier, challenge } = pkce()
    const url = authorizeUrl(first.url, {
      client_id: client.id,
      redirect_uri: CALLBACK,
      scope: 'openid email offline_access',
      code_challenge: challenge,
    })
    const code = (await person.authorize(url)).searchParams.get('code') ?? ''
    secrets.push(code)
    return { code, verifier }
  }

  async function redeem({ code, verifier }: Code, at: string): Promise<TokenAnswer> {
    const answer = await post(
      at,
      '/oidc/token',
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK },
      client,
    )
    for (const name of ['access_token', 'refresh_token', 'id_token']) if (answer.body[name]) secrets.push(String(answer.body[name]))
    return answer
  }

  const refresh = (token: string, at: string) => post(at, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token }, client)
  const origins = () => originsOf(first, second)
  const spread = <T>(work: (at: string) => Promise<T>) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => work(origins()[index % 2] as string)))

  it('20 redemptions of one code over both give one success, and the family is dead', async () => {
    const code = await getCode()
    const answers = await spread((at) => redeem(code, at))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    for (const at of origins()) expect((await refresh(String(good[0]?.body.refresh_token), at)).body.error).toBe('invalid_grant')
  })

  it('20 refreshes of one token over both give one success, and the family is dead', async () => {
    const token = String((await redeem(await getCode(), first.url)).body.refresh_token)
    const answers = await spread((at) => refresh(token, at))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    for (const at of origins()) expect((await refresh(String(good[0]?.body.refresh_token), at)).body.error).toBe('invalid_grant')
  })

  it('disabling on one refuses the very next use on the other', async () => {
    const token = String((await redeem(await getCode(), first.url)).body.access_token)
    const ask = async () =>
      (await fetch(`http://localhost:${second.port}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status
    expect(await ask()).toBe(200)
    await first.cli('client', 'disable', client.id)
    expect(await ask()).toBe(401)
    await first.cli('client', 'enable', client.id)
    expect(await ask()).toBe(200)
  })

  it('both sign with the same keys, also after a rotation on one', async () => {
    const kids = async (at: string) =>
      ((await (await fetch(`${at}/oidc/jwks`)).json()) as { keys: { kid: string }[] }).keys.map((key) => key.kid).sort()
    const before = await kids(first.url)
    await first.cli('keys', 'rotate')
    const deadline = Date.now() + 10_000
    for (const at of origins()) {
      while ((await kids(at)).join() === before.join()) {
        if (Date.now() > deadline) throw new Error(`${at} never heard of the rotation`)
        await sleep(20)
      }
    }
    expect(await kids(first.url)).toEqual(await kids(origins()[1]))
  })

  it('kill -9 under load, then start: it comes up by itself and no code is usable twice', async () => {
    await second.stop()
    const codes: Code[] = []
    for (let index = 0; index < 30; index++) codes.push(await getCode())
    const successes = new Map<string, number>()
    const count = (code: string, answer: TokenAnswer | undefined) => {
      if (answer?.status === 200) successes.set(code, (successes.get(code) ?? 0) + 1)
    }
    let answered = 0
    const load = codes.flatMap((code) =>
      [1, 2].map(async () => {
        const answer = await redeem(code, first.url).catch(() => undefined)
        count(code.code, answer)
        // In the middle of the load, not before and not after.
        if (++answered === 12) first.kill('SIGKILL')
      }),
    )
    await Promise.all(load)
    await first.exited
    first = await startServer({ dataDir, port: first.port })
    for (const code of codes) count(code.code, await redeem(code, first.url))
    expect(Math.max(...successes.values())).toBe(1)
    expect(successes.size).toBeGreaterThan(0)
  })

  it('the database holds none of the secrets that were used', async () => {
    const cookies = person.browser.secrets()
    secrets.push(...cookies, ...cookies.flatMap(sessionIds))
    const client = new pg.Client({ connectionString: sharing(first).DATABASE_URL })
    await client.connect()
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    let dump = ''
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
      dump += `${rows.map(({ row }) => row).join('\n')}\n`
    }
    await client.end()
    expect(dump).toContain(PERSON.email)
    expect(secrets.length).toBeGreaterThan(60)
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(15)
      expect(dump.includes(secret), `in plain: ${secret.slice(0, 6)}…`).toBe(false)
      expect(dump.includes(Buffer.from(secret).toString('hex')), `as bytes: ${secret.slice(0, 6)}…`).toBe(false)
    }
  })
})

/** The session id inside a session token (a JWT): found in plain, it could be made into a token by who has the signing key. */
function sessionIds(cookie: string): string[] {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(cookie)?.[1]
  if (!payload) return []
  return Object.values(JSON.parse(Buffer.from(payload, 'base64url').toString())).filter(
    (value) => typeof value === 'string' && value.length > 30,
  ) as string[]
}
