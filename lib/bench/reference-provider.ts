// The yardstick, in a process of its own: `oidc-provider` bare on node:http with its in-memory store, one client, and the same grants, client
// authentication and token lifetime as ours. Arguments: port, client id, client secret.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const [port = '', clientId = '', clientSecret = ''] = process.argv.slice(2)

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirect_uris: ['https://client.example.com/callback'],
    },
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  pkce: { required: () => true },
  responseTypes: ['code'],
  ttl: { ClientCredentials: 900 },
})

createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => {
  process.stdout.write('ready\n')
})
