import { restrictClient } from '#lib/alerts/index.ts'
import { createClient, createSecret, disableClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import type { DemoMembers } from './people.ts'
import { PROFILES, type Profile } from './profiles.ts'

export type DemoClient = {
  id: string
  teamId: string
  profile: Profile
  domainId: string
  host: string
  mode: 'test' | 'live'
  /** Of the domain's mode; null for a public client. */
  secret: string | null
  redirectUri: string | null
  scopes: string[]
}

const DAY_MS = 86_400_000

/** The demo's clients by the same verbs as anybody's, each in its state. */
export async function makeDemoClients({ team, ownerId }: DemoMembers): Promise<DemoClient[]> {
  const made: DemoClient[] = []
  for (const profile of PROFILES) made.push(await makeDemoClient(profile, team.id, ownerId))
  return made
}

async function makeDemoClient(profile: Profile, teamId: string, createdById: string): Promise<DemoClient> {
  const ctx = systemContext('demo')
  const { name, type, host, mode, redirectUri, ips } = profile
  const created = await createClient({
    ctx,
    input: {
      teamId,
      createdById,
      name,
      type,
      domains: mode === 'live' ? [`${host}:live`, 'localhost:test'] : [`${host}:test`],
      redirectUris: redirectUri ? [redirectUri] : [],
    },
  })
  const clientId = created.client.id
  const domain = await setDomain({
    ctx,
    input: { clientId, host, ...(mode === 'live' ? { verified: true } : {}), ...(ips ? { ipAllowlist: ips } : {}) },
  })
  let secret = created.secret?.value ?? null
  if (type === 'confidential' && mode === 'live') {
    const live = await createSecret({ ctx, input: { clientId, mode: 'live', label: 'Production' } })
    secret = live.value
  }
  // Made some weeks ago, as its traffic says.
  await db().client.update({ where: { id: clientId }, data: { createdAt: new Date(Date.now() - profile.ageDays * DAY_MS) } })
  return {
    id: clientId,
    teamId,
    profile,
    domainId: domain.id,
    host,
    mode,
    secret,
    redirectUri: redirectUri ?? null,
    scopes: created.scopes,
  }
}

/** Disables and restricts those that are: after their traffic, which they had before. */
export async function endDemoClients(clients: DemoClient[]): Promise<void> {
  const ctx = systemContext('demo')
  for (const { id, profile } of clients) {
    if (profile.state === 'disabled') await disableClient({ ctx, input: { clientId: id } })
    if (profile.state === 'restricted') {
      await restrictClient({ ctx, input: { clientId: id, reason: 'Its secret was found in a public repository.' } })
    }
  }
}
