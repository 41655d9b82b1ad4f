// The yardstick, in a process of its own: `oidc-provider` bare on node:http with a store in memory, one client, and the same grants, features,
// algorithms, client authentication and lifetimes as ours. Arguments: port, client id, client secret, redirect URI.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { mintCodes } from './mint.ts'
import { MemoryAdapter } from './reference-store.ts'

const [port = '', clientId = '', clientSecret = '', redirectUri = 'https://client.example.com/callback'] = process.argv.slice(2)
const SUB = '123456789012345'

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const
const CLIENT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'] as const
const keys = await Promise.all(
  ALGORITHMS.map(async (alg) => {
    const { privateKey } = await generateKeyPair(alg, { modulusLength: 2048, extractable: true })
    return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: alg }
  }),
)
const provider = new Provider(`http://localhost:${port}`, {
  adapter: MemoryAdapter,
  jwks: { keys: keys as never },
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
    userinfo: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
    deviceFlow: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: { enabled: true },
    claimsParameter: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async (_ctx, _client, oneOf) => (oneOf?.length === 1 ? oneOf[0] : oneOf) as string[],
      useGrantedResource: async () => false,
    },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => false },
  },
  enabledJWA: {
    idTokenSigningAlgValues: [...ALGORITHMS],
    userinfoSigningAlgValues: [...ALGORITHMS],
    clientAuthSigningAlgValues: [...CLIENT_ALGORITHMS],
    requestObjectSigningAlgValues: [...CLIENT_ALGORITHMS],
    dPoPSigningAlgValues: [...CLIENT_ALGORITHMS],
  },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
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
