import { type ClientDetail, type ClientKind, kindOf } from '#lib/clients/index.ts'
import { env } from '#lib/env.ts'

export type SnippetValues = {
  id: string
  kind: ClientKind
  origin: string
  domain: string
  redirectUri: string | null
  idTokenAlg: string
}

/** What the snippets of a client are filled in with. Never a secret: only the answer that made one has it. */
export function snippetValues(client: ClientDetail): SnippetValues {
  const domain = client.domains.find(({ primary }) => primary) ?? client.domains[0]
  return {
    id: client.id,
    kind: kindOf(client),
    origin: env().PUBLIC_URL,
    domain: domain?.host ?? 'localhost',
    redirectUri: client.redirectUris.find(({ kind }) => kind === 'login')?.uri ?? null,
    idTokenAlg: client.idTokenSignedResponseAlg,
  }
}
