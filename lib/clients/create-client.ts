import type * as z from 'zod'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, transaction } from '#lib/db.ts'
import { addDomain, type DomainDto, HOST_PROBLEMS, listClientDomains, parseHost, splitHostMode } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { lockTeamPlan } from '#lib/plans/index.ts'
import { checkScopeNames, listScopes } from '#lib/scopes/index.ts'
import { sha256 } from '#lib/secrets/index.ts'
import { authorize } from '#lib/teams/index.ts'
import { admitOneMore } from './admit-one-more.ts'
import { attachRedirectUri } from './attach-redirect-uri.ts'
import { type ClientDto, clientDto, type NewSecretDto, type RedirectUriDto } from './dto.ts'
import { type ClientRef, findRedirectUris, insertSecret, secretAudit } from './internal.ts'
import { looksNative } from './redirect-uri.ts'
import { type CreateClientInput, createClientInput } from './schemas.ts'

export type CreatedClient = {
  client: ClientDto
  team: { id: string; name: string }
  /** With its value, in this answer only; null for a public client. */
  secret: NewSecretDto | null
  domains: DomainDto[]
  redirectUris: RedirectUriDto[]
  scopes: string[]
  /** The same form had made it before; its secret went with that answer. */
  repeated: boolean
}

const PUBLIC_GRANTS = ['authorization_code', 'refresh_token']

/**
 * Registers a client with what it needs to start: a domain (localhost in test mode unless told), scopes, and for a confidential client a
 * test secret and client credentials. A team without a plan gets the Free one in the same step. Needs `clients.create`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, limit_reached (`params.what` clients or plan)
 */
export async function createClient({ ctx, input }: { ctx: Ctx; input: CreateClientInput }): Promise<CreatedClient> {
  await authorize(ctx, { teamId: input.teamId, permission: 'clients.create' })
  const parsed = parseInput(createClientInput, input)
  const { teamId, name, type } = parsed
  const applicationType = parsed.applicationType ?? defaultApplicationType(type, parsed.redirectUris)
  if (type === 'confidential' && applicationType !== 'web') {
    const message = 'An app in a browser or on a device cannot keep a secret: make the client public'
    throw new AppError('validation_failed', { message, fields: [{ path: 'type', message, code: 'public_needed' }] })
  }
  if (type === 'public' && parsed.machine) {
    const message = 'A machine proves itself with a secret: make the client confidential'
    throw new AppError('validation_failed', { message, fields: [{ path: 'type', message, code: 'confidential_needed' }] })
  }
  const creationKey = creationKeyOf(ctx, parsed)

  return transaction(async (tx) => {
    // The lock on the team makes two of the same form wait for each other.
    const locked = await lockTeamPlan(tx, teamId)
    const before = creationKey && (await tx.client.findUnique({ where: { creationKey } }))
    if (before) {
      const [domains, redirectUris] = await Promise.all([listClientDomains(tx, before), findRedirectUris(tx, before)])
      const scopes = await tx.clientScope.findMany({ where: { clientId: before.id }, select: { scopeName: true } })
      const team = { id: locked.id, name: locked.name }
      return {
        client: clientDto(before),
        team,
        secret: null,
        domains,
        redirectUris,
        scopes: scopes.map((row) => row.scopeName),
        repeated: true,
      }
    }
    const team = await admitOneMore(tx, ctx, teamId)
    const scopes = await chooseScopes(tx, parsed.scopes)
    const row = await tx.client.create({
      data: {
        id: newId('cl'),
        teamId,
        createdById: ctx.actor.kind === 'user' ? ctx.actor.userId : (parsed.createdById ?? null),
        name,
        type,
        applicationType,
        grantTypes: grantsOf(parsed),
        creationKey,
        tokenEndpointAuthMethod: type === 'confidential' ? 'client_secret_basic' : 'none',
        scopes: { create: scopes.map((scopeName) => ({ scopeName })) },
      },
    })
    await addDomains(tx, ctx, row, parsed.domains)
    const redirectUris: RedirectUriDto[] = []
    for (const [index, uri] of parsed.redirectUris.entries()) {
      redirectUris.push(await attachRedirectUri(tx, ctx, row, { uri, kind: 'login', field: `redirectUris.${index}` }))
    }
    const secret = type === 'confidential' ? await insertSecret(tx, ctx, row, { mode: 'test' }) : null
    const target = { type: 'client', id: row.id }
    const uris = redirectUris.map(({ uri }) => uri)
    await recordAudit(tx, ctx, {
      action: 'client.created',
      teamId,
      target,
      after: { name, type, applicationType, scopes, redirectUris: uris },
    })
    if (secret) {
      const after = secretAudit(row, secret)
      await recordAudit(tx, ctx, { action: 'secret.created', teamId, target: { type: 'secret', id: secret.id }, after })
    }
    return { client: clientDto(row), team, secret, domains: await listClientDomains(tx, row), redirectUris, scopes, repeated: false }
  })
}

function grantsOf({ type, machine }: { type: 'confidential' | 'public'; machine: boolean }): string[] {
  if (machine) return ['client_credentials']
  return type === 'confidential' ? [...PUBLIC_GRANTS, 'client_credentials'] : PUBLIC_GRANTS
}

/** Of the form, who sent it, and what it asks for: the same form with another name asks for another client. */
function creationKeyOf(ctx: Ctx, { idempotencyKey, ...input }: z.output<typeof createClientInput>): Uint8Array<ArrayBuffer> | null {
  if (!idempotencyKey || ctx.actor.kind !== 'user') return null
  return new Uint8Array(sha256(JSON.stringify([idempotencyKey, ctx.actor.userId, input])))
}

function defaultApplicationType(type: 'confidential' | 'public', redirectUris: string[]) {
  if (type === 'confidential') return 'web'
  return redirectUris.some(looksNative) ? 'native' : 'spa'
}

async function chooseScopes(tx: Db, asked: string[] | undefined): Promise<string[]> {
  const all = await listScopes(tx)
  const known = all.map(({ name }) => name)
  if (!asked?.length) return all.filter(({ isDefault }) => isDefault).map(({ name }) => name)
  checkScopeNames(asked, known)
  return known.filter((name) => asked.includes(name))
}

async function addDomains(tx: Db, ctx: Ctx, client: ClientRef, asked: string[]): Promise<void> {
  const added = new Set<string>()
  for (const [index, text] of (asked.length > 0 ? asked : ['localhost:test']).entries()) {
    const { host: given, mode } = splitHostMode(text)
    const result = parseHost(given)
    if ('problem' in result) throw refusedDomain(index, given, HOST_PROBLEMS[result.problem], result.problem)
    const { host, local } = result
    if (local && mode === 'live' && ctx.actor.kind !== 'system')
      throw refusedDomain(index, host, 'A local host works in test mode only', 'local_live')
    if (added.has(host)) continue
    added.add(host)
    await addDomain(tx, ctx, client, { host, mode })
  }
}

function refusedDomain(index: number, host: string, reason: string, code: string): AppError {
  const message = `${host.slice(0, 100)}: ${reason}`
  return new AppError('validation_failed', { message, fields: [{ path: `domains.${index}`, message, code }] })
}
