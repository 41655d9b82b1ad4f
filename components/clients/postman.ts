import type { SnippetClient } from './snippets.ts'

type Header = { key: string; value: string }

/** A Postman collection (format 2.1) with a client's values. Never its secret: files are passed on; it goes into the variable `client_secret`. */
export function postmanCollection(client: Omit<SnippetClient, 'secret'>, name: string): object {
  const isPublic = client.kind === 'spa' || client.kind === 'native'
  const gate: Header[] = [
    { key: 'X-Client-Id', value: '{{client_id}}' },
    { key: 'X-Client-Secret', value: '{{client_secret}}' },
    { key: 'X-Client-Domain', value: '{{client_domain}}' },
  ]
  const open = [request('What the API is', 'GET', 'api/info'), request('Discovery', 'GET', 'oidc/.well-known/openid-configuration')]
  const closed = [
    {
      name: 'Access token (client credentials)',
      request: {
        method: 'POST',
        url: url('oidc/token'),
        auth: {
          type: 'basic',
          basic: [
            { key: 'username', value: '{{client_id}}', type: 'string' },
            { key: 'password', value: '{{client_secret}}', type: 'string' },
          ],
        },
        body: { mode: 'urlencoded', urlencoded: [{ key: 'grant_type', value: 'client_credentials' }] },
      },
    },
    request('Who am I', 'GET', 'api/v1/whoami', gate),
    request('Connected users', 'GET', 'api/v1/users?limit=50', gate),
    request('Countries', 'POST', 'api/global/countries', gate),
  ]
  return {
    info: { name, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [
      { key: 'origin', value: client.origin },
      { key: 'client_id', value: client.id },
      ...(isPublic ? [] : [{ key: 'client_secret', value: '' }]),
      { key: 'client_domain', value: client.domain },
    ],
    item: isPublic ? open : [...open, ...closed],
  }
}

function request(name: string, method: string, path: string, header: Header[] = []) {
  return { name, request: { method, header, url: url(path) } }
}

function url(path: string): string {
  return `{{origin}}/${path}`
}
