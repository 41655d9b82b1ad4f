export type SnippetClient = { id: string; secret: string | null; issuer: string }

/** For a `.env` file. */
export function envSnippet({ id, secret, issuer }: SnippetClient): string {
  const lines = [`OIDC_ISSUER=${issuer}`, `OIDC_CLIENT_ID=${id}`, ...(secret === null ? [] : [`OIDC_CLIENT_SECRET=${secret}`])]
  return `${lines.join('\n')}\n`
}

/** Log in with openid-client 6. The secret stays in the environment: what is pasted into code is committed. */
export function nodeSnippet({ id, secret, issuer }: SnippetClient): string {
  const insecure = issuer.startsWith('http:')
  const options = insecure ? `\n  { execute: [client.allowInsecureRequests] },` : ''
  const authentication = secret === null ? 'client.None()' : 'process.env.OIDC_CLIENT_SECRET'
  return `import * as client from 'openid-client'

const config = await client.discovery(
  new URL('${issuer}'),
  '${id}',
  undefined,
  ${secret === null ? authentication : `client.ClientSecretBasic(${authentication})`},${options}
)

const codeVerifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: 'http://localhost:8080/callback',
  scope: 'openid profile email',
  code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
  code_challenge_method: 'S256',
  state,
})
// Send the person to url.href. At your callback:
const tokens = await client.authorizationCodeGrant(config, currentUrl, {
  pkceCodeVerifier: codeVerifier,
  expectedState: state,
})
`
}

/** An access token of the client's own. */
export function curlSnippet({ id, secret, issuer }: SnippetClient): string {
  return `curl -u '${id}:${secret ?? ''}' \\
  -d grant_type=client_credentials \\
  ${issuer}/token\n`
}
