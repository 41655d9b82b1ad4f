import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { TokenAnswer } from '#lib/oidc/testing.ts'
import { type Code, PERSON, RaceTrack, type Round } from '#lib/testing/races.ts'
import { sharing, startSecond } from '#lib/testing/server-pair.ts'
import { type ServerProcess, startServer, temporaryDataDir } from '#lib/testing/server-process.ts'

/** `npm run races` runs a hundred. */
const ROUNDS = (inject('raceRounds') as number | undefined) ?? 2

describe('two real processes on one PostgreSQL', () => {
  const dataDir = temporaryDataDir()
  let first: ServerProcess
  let second: ServerProcess
  let track: RaceTrack

  beforeAll(async () => {
    first = await startServer({ dataDir })
    second = await startSecond(first)
    track = new RaceTrack(first, second)
    await track.prepare()
  }, 180_000)

  afterAll(async () => {
    await second?.dispose()
    await first?.dispose()
    rmSync(dataDir, { recursive: true, force: true })
  })

  // Twenty attempts at once, ten at each process.
  const races: [what: string, run: () => Promise<Round>, refusal: string][] = [
    ['code', () => track.code(), 'invalid_grant'],
    ['refresh token', () => track.refreshToken(), 'invalid_grant'],
    ['client assertion', () => track.assertion(), 'invalid_client'],
    ['DPoP proof', () => track.dpopProof(), 'invalid_grant'],
    ['pushed request', () => track.pushedRequest(), 'invalid_request_uri'],
  ]

  it.each(races)(
    'of twenty uses of one %s over both, one wins and the others are refused in form, and no family lives on',
    async (what, run, refusal) => {
      const rounds: Round[] = []
      for (let round = 0; round < ROUNDS; round++) rounds.push(await run())
      const won = rounds.filter(({ winners }) => winners === 1).length
      process.stdout.write(`${what}: exactly one winner in ${won} of ${ROUNDS} rounds\n`)
      expect(rounds).toEqual(rounds.map(() => ({ winners: 1, refusals: { [refusal]: 19 }, alive: [] })))
    },
    30_000 + ROUNDS * 3_000,
  )

  it('disabling on one refuses the very next use on the other', async () => {
    const token = String((await track.redeem(await track.getCode(), first.url)).body.access_token)
    const ask = () => track.userinfo(token, track.origins()[1])
    expect(await ask()).toBe(200)
    await first.cli('client', 'disable', track.client.id)
    expect(await ask()).toBe(401)
    await first.cli('client', 'enable', track.client.id)
    expect(await ask()).toBe(200)
  })

  it('both sign with the same keys, also after a rotation on one', async () => {
    const kids = async (at: string) =>
      ((await (await fetch(`${at}/oidc/jwks`)).json()) as { keys: { kid: string }[] }).keys.map((key) => key.kid).sort()
    const before = await kids(first.url)
    await first.cli('keys', 'rotate')
    const deadline = Date.now() + 10_000
    for (const at of track.origins()) {
      while ((await kids(at)).join() === before.join()) {
        if (Date.now() > deadline) throw new Error(`${at} never heard of the rotation`)
        await sleep(20)
      }
    }
    expect(await kids(first.url)).toEqual(await kids(track.origins()[1]))
  })

  it('kill -9 under load, then start: it comes up by itself and no code is usable twice', async () => {
    await second.stop()
    const codes: Code[] = []
    for (let index = 0; index < 30; index++) codes.push(await track.getCode())
    const successes = new Map<string, number>()
    const count = (code: string, answer: TokenAnswer | undefined) => {
      if (answer?.status === 200) successes.set(code, (successes.get(code) ?? 0) + 1)
    }
    let answered = 0
    const load = codes.flatMap((code) =>
      [1, 2].map(async () => {
        const answer = await track.redeem(code, first.url).catch(() => undefined)
        count(code.code, answer)
        // In the middle of the load, not before and not after.
        if (++answered === 12) first.kill('SIGKILL')
      }),
    )
    await Promise.all(load)
    await first.exited
    first = await startServer({ dataDir, port: first.port })
    for (const code of codes) count(code.code, await track.redeem(code, first.url))
    expect(Math.max(...successes.values())).toBe(1)
    expect(successes.size).toBeGreaterThan(0)
  })

  it('the database holds none of the secrets that were used', async () => {
    const { secrets } = track
    const cookies = track.person.browser.secrets()
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
