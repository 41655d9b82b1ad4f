import {
  addRedirectUri,
  disableClient,
  enableClient,
  removeRedirectUri,
  renameClient,
  setSecretDomains,
  setTokenPolicy,
  updateClient,
} from '#lib/clients/index.ts'
import type { Db } from '#lib/db.ts'
import { setDomain, setPrimaryDomain } from '#lib/domains/index.ts'
import { setClientScopes } from '#lib/scopes/index.ts'
import { addTestUser, removeTestUser } from '#lib/test-users/index.ts'
import type { TeamEventRow } from '../internal.ts'
import { after, before, same, text, texts, type Undo } from './undo.ts'

const clientOf = (event: TeamEventRow) => event.client_id ?? ''

const renamed: Undo = {
  permission: 'clients.update',
  stands: async (tx, event) => (await tx.client.findUnique({ where: { id: clientOf(event) } }))?.name === after(event).name,
  apply: (ctx, event) => renameClient({ ctx, input: { clientId: clientOf(event), name: text(before(event).name) } }),
}

const described: Undo = {
  permission: 'clients.update',
  stands: async (tx, event) =>
    same((await tx.client.findUnique({ where: { id: clientOf(event) } }))?.description, after(event).description),
  apply: (ctx, event) => updateClient({ ctx, input: { clientId: clientOf(event), description: text(before(event).description ?? '') } }),
}

const statusOf = (verb: typeof disableClient): Undo => ({
  permission: 'clients.update',
  stands: async (tx, event) => (await tx.client.findUnique({ where: { id: clientOf(event) } }))?.status === after(event).status,
  apply: (ctx, event) => verb({ ctx, input: { clientId: clientOf(event) } }),
})

type ScopeInput = Parameters<typeof setClientScopes>[0]['input']['scopes']

const scopesChanged: Undo = {
  permission: 'clients.update',
  stands: async (tx, event) => {
    const rows = await tx.clientScope.findMany({ where: { clientId: clientOf(event) } })
    const wanted = (after(event).scopes ?? []) as { name: string; optional: boolean }[]
    const sorted = (list: { name: string; optional: boolean }[]) =>
      list.map(({ name, optional }) => ({ name, optional })).sort((a, b) => (a.name < b.name ? -1 : 1))
    return same(sorted(rows.map(({ scopeName, optional }) => ({ name: scopeName, optional }))), sorted(wanted))
  },
  apply: (ctx, event) => setClientScopes({ ctx, input: { clientId: clientOf(event), scopes: before(event).scopes as ScopeInput } }),
}

type PolicyInput = Omit<Parameters<typeof setTokenPolicy>[0]['input'], 'clientId'>

const tokenPolicyChanged: Undo = {
  permission: 'clients.update',
  stands: async (tx, event) => {
    const row: Record<string, unknown> | null = await tx.client.findUnique({ where: { id: clientOf(event) } })
    return row !== null && Object.entries(after(event)).every(([key, value]) => same(row[key], value))
  },
  apply: (ctx, event) => setTokenPolicy({ ctx, input: { ...(before(event) as PolicyInput), clientId: clientOf(event) } }),
}

/** What of a domain people may set; that it is verified is not among it. */
const SETTABLE = ['active', 'allowLogin', 'allowApi', 'mode', 'ipAllowlist', 'ipMonitor', 'fallbackUri']

const domainChanged: Undo = {
  permission: 'domains.manage',
  possible: (event) => Object.keys(after(event)).every((key) => key === 'host' || SETTABLE.includes(key)),
  stands: async (tx, event) => {
    const row: Record<string, unknown> | null = await tx.domain.findFirst({ where: { id: event.target_id, clientId: clientOf(event) } })
    return row !== null && Object.entries(after(event)).every(([key, value]) => same(row[key], value))
  },
  apply: (ctx, event) => {
    const was = Object.fromEntries(Object.entries(before(event)).filter(([key]) => SETTABLE.includes(key)))
    return setDomain({ ctx, input: { ...was, clientId: clientOf(event), host: text(before(event).host) } })
  },
}

const madePrimary: Undo = {
  permission: 'domains.manage',
  possible: (event) => typeof before(event).primary === 'string',
  stands: async (tx, event) => {
    const primary = await tx.domain.findFirst({ where: { clientId: clientOf(event), isPrimary: true } })
    return primary?.host === after(event).primary && (await domainByHost(tx, event, before(event).primary)) !== null
  },
  apply: async (ctx, event, tx) => {
    const domain = await domainByHost(tx, event, before(event).primary)
    return setPrimaryDomain({ ctx, input: { clientId: clientOf(event), domainId: domain?.id ?? '' } })
  },
}

function domainByHost(tx: Db, event: TeamEventRow, host: unknown) {
  return tx.domain.findFirst({ where: { clientId: clientOf(event), host: text(host) } })
}

const uriAdded: Undo = {
  permission: 'domains.manage',
  stands: async (tx, event) => (await tx.redirectUri.count({ where: { id: event.target_id, clientId: clientOf(event) } })) === 1,
  apply: (ctx, event) => removeRedirectUri({ ctx, input: { clientId: clientOf(event), redirectUriId: event.target_id } }),
}

const uriRemoved: Undo = {
  permission: 'domains.manage',
  stands: async (tx, event) => {
    const { uri, kind } = before(event)
    return (
      (await tx.redirectUri.count({
        where: { clientId: clientOf(event), uri: text(uri), kind: kind === 'logout' ? 'logout' : 'login' },
      })) === 0
    )
  },
  apply: (ctx, event) => {
    const { uri, kind } = before(event)
    return addRedirectUri({ ctx, input: { clientId: clientOf(event), uri: text(uri), kind: kind === 'logout' ? 'logout' : 'login' } })
  },
}

async function hostsOfSecret(tx: Db, event: TeamEventRow): Promise<string[] | undefined> {
  const secret = await tx.clientSecret.findFirst({
    where: { id: event.target_id, clientId: clientOf(event), revokedAt: null },
    include: { domains: { include: { domain: true } } },
  })
  return secret?.domains.map(({ domain }) => domain.host).sort()
}

const secretRestricted: Undo = {
  permission: 'secrets.manage',
  stands: async (tx, event) => {
    const hosts = texts(before(event).domains) ?? []
    // A domain that went meanwhile: with fewer of them the secret would be another one than before, with none it would work everywhere.
    const there = await tx.domain.count({ where: { clientId: clientOf(event), host: { in: hosts } } })
    return there === hosts.length && same(await hostsOfSecret(tx, event), texts(after(event).domains)?.sort())
  },
  apply: async (ctx, event, tx) => {
    const hosts = texts(before(event).domains) ?? []
    const domains = await tx.domain.findMany({ where: { clientId: clientOf(event), host: { in: hosts } }, select: { id: true } })
    const input = { clientId: clientOf(event), secretId: event.target_id, domainIds: domains.map(({ id }) => id) }
    return setSecretDomains({ ctx, input })
  },
}

const hasTestUser = async (tx: Db, event: TeamEventRow, email: unknown) =>
  (await tx.testUser.count({ where: { clientId: clientOf(event), email: text(email) } })) === 1

const testUserAdded: Undo = {
  permission: 'domains.manage',
  stands: (tx, event) => hasTestUser(tx, event, after(event).email),
  apply: (ctx, event) => removeTestUser({ ctx, input: { clientId: clientOf(event), email: text(after(event).email) } }),
}

const testUserRemoved: Undo = {
  permission: 'domains.manage',
  stands: async (tx, event) => !(await hasTestUser(tx, event, before(event).email)),
  apply: (ctx, event) => addTestUser({ ctx, input: { clientId: clientOf(event), email: text(before(event).email) } }),
}

/** Changes of clients that can be taken back, by their action. */
export const CLIENT_UNDOS: Record<string, Undo> = {
  'client.renamed': renamed,
  'client.described': described,
  'client.disabled': statusOf(enableClient),
  'client.enabled': statusOf(disableClient),
  'client.scopes_changed': scopesChanged,
  'client.token_policy_changed': tokenPolicyChanged,
  'domain.changed': domainChanged,
  'domain.made_primary': madePrimary,
  'redirect_uri.added': uriAdded,
  'redirect_uri.removed': uriRemoved,
  'secret.restricted': secretRestricted,
  'test_user.added': testUserAdded,
  'test_user.removed': testUserRemoved,
}
