import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type DomainDto, listClientDomains } from '#lib/domains/index.ts'
import { type ClientScopeDto, listClientScopes } from '#lib/scopes/index.ts'
import { authorizeClient, type Permission } from '#lib/teams/index.ts'
import { type ClientDto, clientDto, type RedirectUriDto, type SecretDto } from './dto.ts'
import { findRedirectUris, findSecrets } from './internal.ts'

export type ClientDetail = ClientDto & {
  team: { id: string; name: string }
  domains: DomainDto[]
  redirectUris: RedirectUriDto[]
  scopes: ClientScopeDto[]
  secrets: SecretDto[]
  /** The actor's, for this client: what pages offer. Verbs decide by themselves. */
  permissions: readonly Permission[]
}

/** Everything of a client but the values of its secrets. Needs `clients.read`. @throws AppError unauthenticated, not_found, permission_denied */
export async function getClient({ ctx, input }: { ctx: Ctx; input: { clientId: string } }): Promise<ClientDetail> {
  const { client, permissions } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.read' })
  const [team, domains, redirectUris, scopes, secrets] = await Promise.all([
    db().team.findUniqueOrThrow({ where: { id: client.teamId }, select: { id: true, name: true } }),
    listClientDomains(db(), client),
    findRedirectUris(db(), client),
    listClientScopes(db(), client),
    findSecrets(db(), client),
  ])
  return { ...clientDto(client), team, domains, redirectUris, scopes, secrets, permissions }
}
