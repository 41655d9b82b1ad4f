import type { SnippetClient } from './snippets.ts'

/** Whether an application of this kind has a secret to keep. */
export function hasSecret({ kind }: Pick<SnippetClient, 'kind'>): boolean {
  return kind === 'web' || kind === 'machine'
}

/** The `iss` of this installation, which discovery starts from. */
export function issuerOf({ origin }: Pick<SnippetClient, 'origin'>): string {
  return `${origin}/oidc`
}

/** For a `.env` file. In a file of its own, so that a page that shows a new secret does not load the other snippets. */
export function envSnippet(client: Pick<SnippetClient, 'id' | 'kind' | 'origin' | 'secret'>): string {
  const lines = [
    `OIDC_ISSUER=${issuerOf(client)}`,
    `OIDC_CLIENT_ID=${client.id}`,
    ...(hasSecret(client) ? [`OIDC_CLIENT_SECRET=${client.secret ?? ''}`] : []),
  ]
  return `${lines.join('\n')}\n`
}
