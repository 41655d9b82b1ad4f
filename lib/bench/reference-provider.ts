// The yardstick, in a process of its own: `oidc-provider` bare on node:http with a store in memory, one client, and the same grants, features,
// algorithms, client authentication and lifetimes as ours. Arguments: port, client id, client secret, redirect URI.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { mintCodes } from './mint.ts'
import { MemoryAdapter } from './reference-store.ts'

const [port = '', clientId = '', clientSecret = '', redirectUri = 'https://client.example.com/callback'] = process.argv.slice(2)
const SUB = '123456789012345'

const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
const provider = new Provider(`http://localhost:${port}`, {
  adapter: MemoryAdapter,
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] as never },
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirect_uris: [redirectUri],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name', 'updated_at'], email: ['email', 'email_verified'] },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: async () => ({ sub, name: 'Bench', email: 'bench@example.test', email_verified: true }),
  }),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  expiresWithSession: async () => false,
  responseTypes: ['code'],
  ttl: { ClientCredentials: 900, AccessToken: 900, IdToken: 3_600, RefreshToken: 30 * 86_400, Grant: 90 * 86_400 },
})

const callback = provider.callback()

createServer((req, res) => (req.url?.startsWith('/mint?') ? void mint(req, res) : callback(req, res))).listen(
  Number(port),
  '127.0.0.1',
  () => {
    process.stdout.write('ready\n')
  },
)

/** Codes to redeem. */
async function mint(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const query = new URL(req.url ?? '', 'http://localhost').searchParams
  const challenge = query.get('challenge') ?? ''
  res.end(JSON.stringify(await mintCodes(provider, { clientId, sub: SUB, redirectUri, challenge, count: Number(query.get('count')) })))
}
