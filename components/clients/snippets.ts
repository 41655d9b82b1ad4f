import type { ClientKind } from '#lib/clients/index.ts'
import { hasSecret, issuerOf } from './env-snippet.ts'

/** A client's own values, as its snippets have them. `secret` right after it was made only. */
export type SnippetClient = {
  id: string
  kind: ClientKind
  secret: string | null
  /** Of this installation, such as `https://login.example.com`. */
  origin: string
  domain: string
  redirectUri: string | null
  /** What its ID tokens are signed with, for libraries that expect RS256 unless they are told. */
  idTokenAlg: string
}

/** A snippet by the key of its text below `quickstart.snippets`. */
export type Snippet = { key: string; code: string }

const CALLBACK = 'http://localhost:8080/callback'

/** The snippets that fit a client, in the order in which they are shown. */
export function snippetsOf(client: SnippetClient): Snippet[] {
  if (client.kind === 'machine') {
    return [
      { key: 'curl', code: curlSnippet(client) },
      { key: 'api', code: apiSnippet(client) },
      { key: 'nodeMachine', code: nodeMachineSnippet(client) },
      { key: 'phpMachine', code: phpMachineSnippet(client) },
      { key: 'pythonMachine', code: pythonMachineSnippet(client) },
    ]
  }
  if (client.kind !== 'web') return [{ key: client.kind === 'spa' ? 'browser' : 'node', code: nodeSnippet(client) }]
  return [
    { key: 'curl', code: curlSnippet(client) },
    { key: 'api', code: apiSnippet(client) },
    { key: 'node', code: nodeSnippet(client) },
    { key: 'nextAuth', code: nextAuthSnippet(client) },
    { key: 'php', code: phpSnippet(client) },
    { key: 'python', code: pythonSnippet(client) },
  ]
}

function isInsecure({ origin }: SnippetClient): boolean {
  return origin.startsWith('http:')
}

/** Log in with openid-client 6. The secret stays in the environment: what is pasted into code is committed. */
function nodeSnippet(client: SnippetClient): string {
  return `import * as client from 'openid-client'

const config = await client.discovery(
  new URL('${issuerOf(client)}'),
  '${client.id}',
  undefined,
  ${nodeAuthentication(client)}
)

const codeVerifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: '${client.redirectUri ?? CALLBACK}',
  scope: 'openid profile email',
  code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
  code_challenge_method: 'S256',
  state,
})
// Send the person to url.href. At your callback, with its whole address:
const tokens = await client.authorizationCodeGrant(config, currentUrl, {
  pkceCodeVerifier: codeVerifier,
  expectedState: state,
})
`
}

function nodeAuthentication(client: SnippetClient): string {
  const method = hasSecret(client) ? 'client.ClientSecretBasic(process.env.OIDC_CLIENT_SECRET)' : 'client.None()'
  return isInsecure(client) ? `${method},\n  { execute: [client.allowInsecureRequests] },` : `${method},`
}

function nodeMachineSnippet(client: SnippetClient): string {
  return `import * as client from 'openid-client'

const config = await client.discovery(
  new URL('${issuerOf(client)}'),
  '${client.id}',
  undefined,
  ${nodeAuthentication(client)}
)
const { access_token } = await client.clientCredentialsGrant(config)
const answer = await fetch('${client.origin}/api/v1/whoami', {
  headers: { authorization: \`Bearer \${access_token}\` },
})
console.log(await answer.json())
`
}

/** An access token of the client's own. */
function curlSnippet(client: SnippetClient): string {
  return `curl -u "${client.id}:${client.secret ?? '$OIDC_CLIENT_SECRET'}" \\
  -d grant_type=client_credentials \\
  ${issuerOf(client)}/token
`
}

/** A call of the API with header credentials. */
function apiSnippet(client: SnippetClient): string {
  return `curl ${client.origin}/api/v1/whoami \\
  -H "X-Client-Id: ${client.id}" \\
  -H "X-Client-Secret: ${client.secret ?? '$OIDC_CLIENT_SECRET'}" \\
  -H "X-Client-Domain: ${client.domain}"
`
}

function nextAuthSnippet(client: SnippetClient): string {
  const alg = client.idTokenAlg === 'RS256' ? '' : `\n      client: { id_token_signed_response_alg: '${client.idTokenAlg}' },`
  return `// app/api/auth/[...nextauth]/route.js
// Redirect URI: http://localhost:3000/api/auth/callback/xwms
import NextAuth from 'next-auth'

const handler = NextAuth({
  providers: [
    {
      id: 'xwms',
      name: 'XWMS',
      type: 'oauth',
      wellKnown: '${issuerOf(client)}/.well-known/openid-configuration',
      clientId: '${client.id}',
      clientSecret: process.env.OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid profile email' } },
      checks: ['pkce', 'state'],
      idToken: true,${alg}
      // The ID token tells who it is; name and email come from the userinfo endpoint.
      userinfo: { request: ({ client, tokens }) => client.userinfo(tokens) },
      profile: (profile) => ({ id: profile.sub, name: profile.name, email: profile.email }),
    },
  ],
})

export { handler as GET, handler as POST }
`
}

function phpSnippet(client: SnippetClient): string {
  const insecure = isInsecure(client) ? '\n$oidc->setHttpUpgradeInsecureRequests(false);' : ''
  return `<?php
// composer require jumbojett/openid-connect-php
require 'vendor/autoload.php';

$oidc = new Jumbojett\\OpenIDConnectClient(
    '${issuerOf(client)}',
    '${client.id}',
    getenv('OIDC_CLIENT_SECRET')
);${insecure}
$oidc->setRedirectURL('${client.redirectUri ?? CALLBACK}');
$oidc->addScope(['openid', 'profile', 'email']);
$oidc->setCodeChallengeMethod('S256');
$oidc->authenticate();

echo $oidc->requestUserInfo('email');
`
}

function phpMachineSnippet(client: SnippetClient): string {
  return `<?php
$curl = curl_init('${issuerOf(client)}/token');
curl_setopt_array($curl, [
    CURLOPT_USERPWD => '${client.id}:' . getenv('OIDC_CLIENT_SECRET'),
    CURLOPT_POSTFIELDS => 'grant_type=client_credentials',
    CURLOPT_RETURNTRANSFER => true,
]);
$token = json_decode(curl_exec($curl), true)['access_token'];

$curl = curl_init('${client.origin}/api/v1/whoami');
curl_setopt($curl, CURLOPT_HTTPHEADER, ["Authorization: Bearer $token"]);
curl_exec($curl);
`
}

function pythonSnippet(client: SnippetClient): string {
  return `# pip install authlib requests
import os, secrets
from authlib.integrations.requests_client import OAuth2Session

issuer = '${issuerOf(client)}'
session = OAuth2Session(
    '${client.id}',
    os.environ['OIDC_CLIENT_SECRET'],
    redirect_uri='${client.redirectUri ?? CALLBACK}',
    scope='openid profile email',
    code_challenge_method='S256',
)
verifier = secrets.token_urlsafe(48)
url, state = session.create_authorization_url(f'{issuer}/auth', code_verifier=verifier)
# Send the person to url. At your callback, with its whole address:
token = session.fetch_token(
    f'{issuer}/token', authorization_response=current_url, state=state, code_verifier=verifier
)
print(session.get(f'{issuer}/me').json())
`
}

function pythonMachineSnippet(client: SnippetClient): string {
  return `# pip install requests
import os, requests

token = requests.post(
    '${issuerOf(client)}/token',
    auth=('${client.id}', os.environ['OIDC_CLIENT_SECRET']),
    data={'grant_type': 'client_credentials'},
    timeout=10,
).json()['access_token']
answer = requests.get(
    '${client.origin}/api/v1/whoami', headers={'Authorization': f'Bearer {token}'}, timeout=10
)
print(answer.json())
`
}
