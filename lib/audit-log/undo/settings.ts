import { addRedirectUri, editSecret, protocolSettings, setProtocol } from '#lib/clients/index.ts'
import { setDomain, setPrimaryDomain } from '#lib/domains/index.ts'
import type { TeamEventRow } from '../internal.ts'
import { after, before, same, text, texts, type Undo } from './undo.ts'

const clientOf = (event: TeamEventRow) => event.client_id ?? ''

/** Whether the domain is verified is not brought back: that has to be proven again. */
const domainRemoved: Undo = {
  permission: 'domains.manage',
  // Older events do not tell which of the addresses were for logging out.
  possible: (event) => texts(before(event).redirectUris) !== null && texts(before(event).logoutRedirectUris) !== null,
  stands: async (tx, event) => (await tx.domain.count({ where: { clientId: clientOf(event), host: text(before(event).host) } })) === 0,
  apply: async (ctx, event) => {
    const { host, active, allowLogin, allowApi, mode, ipAllowlist, ipMonitor, fallbackUri, primary } = before(event) as DomainBefore
    const clientId = clientOf(event)
    const domain = await setDomain({
      ctx,
      input: { clientId, host, active, allowLogin, allowApi, mode, ipAllowlist, ipMonitor, fallbackUri },
    })
    for (const uri of texts(before(event).redirectUris) ?? []) await addRedirectUri({ ctx, input: { clientId, uri, kind: 'login' } })
    for (const uri of texts(before(event).logoutRedirectUris) ?? []) await addRedirectUri({ ctx, input: { clientId, uri, kind: 'logout' } })
    if (primary) await setPrimaryDomain({ ctx, input: { clientId, domainId: domain.id } })
  },
}

type DomainBefore = Required<Omit<Parameters<typeof setDomain>[0]['input'], 'clientId' | 'verified' | 'updatedAt'>> & { primary: boolean }

const protocolChanged: Undo = {
  permission: 'clients.update',
  stands: async (tx, event) => {
    const row = await tx.client.findUnique({ where: { id: clientOf(event) } })
    return row !== null && same(protocolSettings(row), after(event))
  },
  apply: (ctx, event) => {
    const { jwks, ...was } = before(event) as ProtocolBefore
    return setProtocol({ ctx, input: { ...was, clientId: clientOf(event), jwks: jwks ? JSON.stringify(jwks) : null } })
  },
}

type ProtocolBefore = Omit<Parameters<typeof setProtocol>[0]['input'], 'clientId' | 'jwks'> & { jwks: unknown }

const secretChanged: Undo = {
  permission: 'secrets.manage',
  stands: async (tx, event) => {
    const row = await tx.clientSecret.findFirst({ where: { id: event.target_id, clientId: clientOf(event), revokedAt: null } })
    return row !== null && same({ label: row.label, expiresAt: row.expiresAt?.toISOString() ?? null }, pick(after(event)))
  },
  apply: (ctx, event) => {
    const { label, expiresAt } = pick(before(event))
    const input = { clientId: clientOf(event), secretId: event.target_id, label: text(label) }
    // An expiry that has not changed may have come near by now: it is not set again.
    const changed = !same(expiresAt, after(event).expiresAt)
    return editSecret({ ctx, input: changed ? { ...input, expiresAt: typeof expiresAt === 'string' ? expiresAt : null } : input })
  },
}

const pick = ({ label = null, expiresAt = null }: { label?: unknown; expiresAt?: unknown }) => ({ label, expiresAt })

/** More changes of clients that can be taken back: what is set on a domain that went, on the protocol, on a secret. */
export const SETTING_UNDOS: Record<string, Undo> = {
  'client.protocol_changed': protocolChanged,
  'domain.removed': domainRemoved,
  'secret.changed': secretChanged,
}
