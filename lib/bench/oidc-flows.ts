import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { childEnv } from '#lib/env.ts'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { type Comparison, judge, type Load, run, type Target } from './load.ts'
import { type BenchClient, basic, CALLBACK, startReference } from './targets.ts'

/** The endpoints that a user's tokens pass, in the order in which they are measured. */
export const FLOWS = ['code exchange', 'refresh', 'introspection', 'userinfo'] as const
type Flow = (typeof FLOWS)[number]

/** Codes of one round, and so exchanges and refreshes. */
const CODES = 1_000

/** One of the two: where it is, its client, and how it comes by codes. */
type Side = { name: string; issuer: string; client: BenchClient; mint: (challenge: string) => Promise<string[]> }

/** Exchanges codes, refreshes, introspects and asks for userinfo at ours and at a bare `oidc-provider`, in turns. */
export async function compareFlows(
  server: ServerProcess,
  client: BenchClient,
  rounds: number,
  seconds: number,
): Promise<Record<Flow, Comparison>> {
  const known = { client_id: 'bench', client_secret: randomBytes(32).toString('hex') }
  const { child, port } = await startReference('reference-provider.ts', known.client_id, known.client_secret, CALLBACK)
  const ours: Side = { name: 'ours', issuer: `${server.url}/oidc`, client, mint: (challenge) => mintOurs(server, client, challenge) }
  const reference: Side = {
    name: 'bare',
    issuer: `http://localhost:${port}`,
    client: known,
    mint: async (challenge) =>
      (await fetch(`http://localhost:${port}/mint?count=${CODES}&challenge=${challenge}`)).json() as Promise<string[]>,
  }
  try {
    const loads = Object.fromEntries(FLOWS.map((flow) => [flow, { ours: [], reference: [] }])) as unknown as Record<
      Flow,
      { ours: Load[]; reference: Load[] }
    >
    // The first round warms up and does not count.
    for (let round = 0; round <= rounds; round++) {
      for (const [who, side] of [
        ['ours', ours],
        ['reference', reference],
      ] as const) {
        const measured = await walk(side, seconds)
        for (const flow of FLOWS) if (round > 0) loads[flow][who].push(measured[flow])
        console.error(`round ${round} ${side.name}: ${FLOWS.map((flow) => `${flow} ${measured[flow].perSecond.toFixed(0)}/s`).join(', ')}`)
      }
    }
    return Object.fromEntries(FLOWS.map((flow) => [flow, judge(loads[flow])])) as Record<Flow, Comparison>
  } finally {
    child.kill()
  }
}

type Tokens = { access_token: string; refresh_token: string }

async function walk({ name, issuer, client, mint }: Side, seconds: number): Promise<Record<Flow, Load>> {
  const verifier = randomBytes(32).toString('base64url')
  const codes = await mint(createHash('sha256').update(verifier).digest('base64url'))
  const headers = { authorization: basic(client), 'content-type': 'application/x-www-form-urlencoded' }
  const post = (flow: Flow, path: string, bodies: string[], onAnswer?: Target['onAnswer']): Target => ({
    name: `${name} ${flow}`,
    url: `${issuer}${path}`,
    method: 'POST',
    headers,
    bodies,
    ...(onAnswer ? { onAnswer } : {}),
  })
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

  const tokens: Tokens[] = []
  const exchange = { grant_type: 'authorization_code', code_verifier: verifier, redirect_uri: CALLBACK }
  const exchanged = await run(
    post(
      'code exchange',
      '/token',
      codes.map((code) => form({ ...exchange, code })),
      (body) => tokens.push(JSON.parse(body)),
    ),
    seconds,
  )
  const refreshed = await run(
    post(
      'refresh',
      '/token',
      tokens.map(({ refresh_token }) => form({ grant_type: 'refresh_token', refresh_token })),
    ),
    seconds,
  )
  const introspected = await run(
    post(
      'introspection',
      '/token/introspection',
      tokens.map(({ access_token }) => form({ token: access_token })),
    ),
    seconds,
  )
  let next = 0
  const bearer = () => ({ authorization: `Bearer ${tokens[next++ % tokens.length]?.access_token}` })
  const userinfo = await run(
    { name: `${name} userinfo`, url: `${issuer}/me`, method: 'GET', each: { count: CODES, headers: bearer } },
    seconds,
  )
  return { 'code exchange': exchanged, refresh: refreshed, introspection: introspected, userinfo }
}

async function mintOurs(server: ServerProcess, client: BenchClient, challenge: string): Promise<string[]> {
  const args = ['lib/bench/mint-main.ts', client.client_id, CALLBACK, challenge, String(CODES)]
  const { PATH, HOME } = childEnv()
  const env = {
    PATH,
    HOME,
    NODE_ENV: 'production',
    PORT: String(server.port),
    PUBLIC_URL: server.url,
    DATA_DIR: server.dataDir,
  } as NodeJS.ProcessEnv
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout)) as string[]
}
