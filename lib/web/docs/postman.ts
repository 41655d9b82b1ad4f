import { env } from '#lib/env.ts'
import { type Operation, operations } from './reference.ts'

const CREDENTIALS = [
  ['X-Client-Id', '{{clientId}}'],
  ['X-Client-Secret', '{{clientSecret}}'],
  ['X-Client-Domain', '{{domain}}'],
] as const

/** A Postman collection (format 2.1) of every endpoint and the token requests, with variables in place of credentials. */
export function postmanCollection(): object {
  const { BRAND_NAME, PUBLIC_URL } = env()
  return {
    info: { name: `${BRAND_NAME} API`, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [
      { key: 'origin', value: PUBLIC_URL },
      { key: 'clientId', value: '' },
      { key: 'clientSecret', value: '' },
      { key: 'domain', value: 'localhost' },
      { key: 'token', value: '' },
    ],
    item: [
      { name: 'API', item: operations().map(apiRequest) },
      {
        name: 'OAuth 2.0',
        item: [
          tokenRequest('Token by client credentials', '/oidc/token', { grant_type: 'client_credentials' }),
          tokenRequest('Introspect a token', '/oidc/token/introspection', { token: '{{token}}' }),
          tokenRequest('Revoke a token', '/oidc/token/revocation', { token: '{{token}}' }),
        ],
      },
    ],
  }
}

function apiRequest({ method, path, summary, gated, exampleBody }: Operation): object {
  const headers = [...(gated ? CREDENTIALS : []), ...(exampleBody === undefined ? [] : [['Content-Type', 'application/json'] as const])]
  return {
    name: summary,
    request: {
      method,
      url: urlOf(path),
      header: headers.map(([key, value]) => ({ key, value })),
      ...(exampleBody === undefined ? {} : { body: { mode: 'raw', raw: JSON.stringify(exampleBody, null, 2) } }),
    },
  }
}

function tokenRequest(name: string, path: string, fields: Record<string, string>): object {
  return {
    name,
    request: {
      method: 'POST',
      url: urlOf(path),
      auth: {
        type: 'basic',
        basic: [
          { key: 'username', value: '{{clientId}}' },
          { key: 'password', value: '{{clientSecret}}' },
        ],
      },
      body: { mode: 'urlencoded', urlencoded: Object.entries(fields).map(([key, value]) => ({ key, value })) },
    },
  }
}

function urlOf(path: string): object {
  return { raw: `{{origin}}${path}`, host: ['{{origin}}'], path: path.slice(1).split('/') }
}
