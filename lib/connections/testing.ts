import { createClient } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { allowConsent } from '#lib/grants/index.ts'
import { testContext } from '#lib/testing/cast.ts'
import type { Reach } from './reach-person.ts'

/** A client of a team on its one domain, as its own requests see it. For tests. */
export type TestClient = { id: string; teamId: string; secret: string; domainId: string; host: string; reach: Reach; ctx: Ctx }

export type ClientOptions = { scopes?: string[]; redirectUris?: string[]; domains?: string[]; mode?: 'test' | 'live' }

const SCOPES = ['openid', 'profile', 'email', 'offline_access', 'userinfo', 'useraddresses']

/** Makes a client with these scopes; its domain is live and verified when `mode` says so. */
export async function makeApiClient(teamId: string, options: ClientOptions = {}): Promise<TestClient> {
  const { scopes = SCOPES, mode = 'test', redirectUris = [] } = options
  const domains = options.domains ?? [mode === 'live' ? 'app.example.com:live' : 'localhost:test']
  const input = { teamId, name: 'Shop', scopes, domains, redirectUris }
  const created = await createClient({ ctx: systemContext('test'), input })
  const { id } = created.client
  await db().domain.updateMany({ where: { clientId: id, mode: 'live' }, data: { verifiedAt: new Date() } })
  const domain = await db().domain.findFirstOrThrow({ where: { clientId: id, isPrimary: true } })
  const reach: Reach = { clientId: id, teamId, mode, scopes, onlySub: null }
  const secret = created.secret?.value ?? ''
  return { id, teamId, secret, domainId: domain.id, host: domain.host, reach, ctx: testContext({ kind: 'client', clientId: id }) }
}

/** Lets the person allow the client these scopes. */
export async function connect(person: Ctx, client: TestClient, scopes: string[] = SCOPES): Promise<string> {
  await allowConsent({ ctx: person, input: { clientId: client.id, scopes } })
  return subOf(person)
}

/** The `sub` of a person's context. */
export function subOf({ actor }: Ctx): string {
  if (actor.kind !== 'user') throw new Error('not a person')
  return actor.sub
}
