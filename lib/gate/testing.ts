import { createClient, createSecret, getClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { type SetDomainInput, setDomain } from '#lib/domains/index.ts'
import { type Cast, makeCast } from '#lib/testing/cast.ts'
import { checkGate } from './check-gate.ts'
import type { GateInput, GateResult } from './types.ts'

/** A client with one live domain and a secret for it: what passes every check. */
export type GateFixture = {
  cast: Cast
  clientId: string
  /** Live. */
  secret: { id: string; value: string; hint: string }
  testSecret: { id: string; value: string; hint: string }
  domain: { id: string; host: string }
}

/** Makes it in a team of its own, on the Free plan. */
export async function makeGateFixture(host = 'app.example.com'): Promise<GateFixture> {
  const cast = await makeCast()
  const { client, secret } = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })
  const clientId = client.id
  await changeDomain(clientId, { host, mode: 'live', verified: true })
  const live = await createSecret({ ctx: cast.owner, input: { clientId, mode: 'live', label: 'server' } })
  const domain = (await getClient({ ctx: cast.owner, input: { clientId } })).domains.find((each) => each.host === host)
  if (!domain || !secret) throw new Error('the fixture is incomplete')
  return { cast, clientId, secret: live, testSecret: secret, domain: { id: domain.id, host: domain.host } }
}

/** `setDomain` as the installation itself. */
export async function changeDomain(clientId: string, input: Omit<SetDomainInput, 'clientId'>): Promise<void> {
  await setDomain({ ctx: systemContext('test'), input: { clientId, ...input } })
}

export type AskOptions = Partial<Omit<GateInput, 'headers'>> & {
  /** Over the right ones; null: leave it out. */
  id?: string | null
  secret?: string | null
  domain?: string | null
  /** Besides. */
  extra?: [string, string][]
}

/** Asks the gate with the fixture's right credentials, but for what `options` says. */
export function ask({ clientId, secret, domain }: GateFixture, options: AskOptions = {}): Promise<GateResult> {
  const { id = clientId, secret: value = secret.value, domain: host = domain.host, extra = [], ...rest } = options
  const headers: [string, string][] = []
  if (id !== null) headers.push(['X-Client-Id', id])
  if (value !== null) headers.push(['X-Client-Secret', value])
  if (host !== null) headers.push(['X-Client-Domain', host])
  return checkGate({ headers: [...headers, ...extra].flat(), ip: '203.0.113.7', secure: true, now: new Date(), use: 'api', ...rest })
}

/** `ok`, or the code that refused. */
export function codeOf(result: GateResult): string {
  return result.ok ? 'ok' : result.code
}
