import { createClient, deleteClient, disableClient, enableClient, getClient } from '#lib/clients/index.ts'
import { findPersonalTeam } from '#lib/teams/index.ts'
import { cliContext } from '../context.ts'
import { clientDocument, domainDocument, domainLine } from '../documents.ts'
import { choice, listOption, textOption } from '../options.ts'
import { table } from '../table.ts'
import type { CommandResult, Invocation } from '../types.ts'

/** `client create`: in the personal team of the owner; the secret is in this answer only. */
export async function create(invocation: Invocation): Promise<CommandResult> {
  const type = choice(invocation, 'type', ['confidential', 'public'])
  const scopes = listOption(invocation, 'scope').flatMap((text) => text.split(/[\s,]+/).filter(Boolean))
  const team = await findPersonalTeam(textOption(invocation, 'owner') ?? '')
  const made = await createClient({
    ctx: cliContext(),
    input: {
      teamId: team.id,
      createdById: team.ownerId,
      name: textOption(invocation, 'name') ?? '',
      ...(type ? { type } : {}),
      domains: listOption(invocation, 'domain'),
      redirectUris: listOption(invocation, 'redirect-uri'),
      ...(scopes.length > 0 ? { scopes } : {}),
    },
  })
  const { client, secret, domains, redirectUris } = made
  return {
    data: {
      client_id: client.id,
      client_secret: secret?.value ?? null,
      secret_id: secret?.id ?? null,
      name: client.name,
      type: client.type,
      application_type: client.applicationType,
      domains: domains.map(domainDocument),
      redirect_uris: redirectUris.map(({ uri }) => uri),
      scopes: made.scopes,
      team: made.team,
    },
    text: table([
      ['Client ID', client.id],
      ['Client secret', secret && `${secret.value}  (${secret.mode} mode; shown only now)`],
      ['Secret ID', secret?.id],
      ...domains.map((domain): [string, string] => ['Domain', domainLine(domain)]),
      ...redirectUris.map(({ uri }): [string, string] => ['Redirect URI', uri]),
      ['Scopes', made.scopes.join(' ')],
      ['Team', `${made.team.name} (${made.team.id})`],
    ]),
  }
}

/** `client show`: everything but the values of its secrets. */
export async function show({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  const client = await getClient({ ctx: cliContext(), input: { clientId } })
  return {
    data: clientDocument(client),
    text: table([
      ['Client ID', client.id],
      ['Name', client.name],
      ['Type', `${client.type}, ${client.applicationType}`],
      ['Status', client.restricted ? `${client.status}, restricted` : client.status],
      ['Team', `${client.team.name} (${client.team.id})`],
      ['Scopes', client.scopes.map(({ name }) => name).join(' ')],
      ['ID tokens', `signed with ${client.idTokenSignedResponseAlg}`],
      ...client.domains.map((domain): [string, string] => ['Domain', domainLine(domain)]),
      ...client.redirectUris.map(({ uri, kind }): [string, string] => [kind === 'login' ? 'Redirect URI' : 'Post-logout URI', uri]),
      ...client.secrets.map((secret): [string, string] => [
        'Secret',
        [`${secret.id} …${secret.hint}`, secret.mode, secret.state, secret.label, secret.expiresAt && `until ${secret.expiresAt}`]
          .filter(Boolean)
          .join(', '),
      ]),
      ['Created', client.createdAt],
      ['Last used', client.lastUsedAt ?? 'never'],
    ]),
  }
}

/** `client disable` */
export async function disable({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  const { id, name, status } = await disableClient({ ctx: cliContext(), input: { clientId } })
  return { data: { client_id: id, status }, text: `${name} is disabled: its credentials and tokens are refused until it is enabled again.` }
}

/** `client enable` */
export async function enable({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  const { id, name, status } = await enableClient({ ctx: cliContext(), input: { clientId } })
  return { data: { client_id: id, status }, text: `${name} is active.` }
}

/** `client delete` */
export async function remove({ positionals: [clientId = ''] }: Invocation): Promise<CommandResult> {
  const { id, name, secrets, consents, tokens } = await deleteClient({ ctx: cliContext(), input: { clientId } })
  return {
    data: { client_id: id, deleted: true, secrets, consents, tokens },
    text: `${name} is deleted, with ${secrets} secrets, ${consents} consents and ${tokens} tokens and grants.`,
  }
}
