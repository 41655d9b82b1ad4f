import type { OpenAPIHono } from '@hono/zod-openapi'
import { env } from '#lib/env.ts'
import type { ApiEnv } from './app.ts'
import type { Endpoint } from './endpoint.ts'
import { errorSchema, successSchema } from './envelope.ts'
import { version } from './version.ts'

type Registry = OpenAPIHono<ApiEnv>['openAPIRegistry']

const JSON_TYPE = 'application/json'

/** Either the three headers or an access token of this server. */
const GATE: Record<string, string[]>[] = [{ clientId: [], clientSecret: [], clientDomain: [] }, { accessToken: [] }]

const SCHEMES = {
  clientId: { type: 'apiKey', in: 'header', name: 'X-Client-Id' },
  clientSecret: { type: 'apiKey', in: 'header', name: 'X-Client-Secret' },
  clientDomain: { type: 'apiKey', in: 'header', name: 'X-Client-Domain', description: "The domain's host name or id." },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An access token of this server, in place of the three headers. One that is bound to a key comes as `DPoP`, with a proof (RFC 9449).',
  },
} as const

/** Puts one endpoint into the document: what it takes, and what it answers. */
export function describeEndpoint(registry: Registry, endpoint: Endpoint): void {
  const { method, path, summary, description, body, query, data, list, use, scope } = endpoint
  const notes = [description, scope ? `Needs the scope \`${scope}\`.` : '', use === 'login' ? 'The domain must allow login.' : '']
  const refused = use ? ' The gate refuses with 400, 401, 403 or 429.' : ''
  registry.registerPath({
    method: method === 'GET' ? 'get' : 'post',
    path: `/api${path}`,
    operationId: path.slice(1).replaceAll(/\W(\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary,
    description: notes.filter(Boolean).join('\n\n'),
    security: use ? GATE : [],
    request: {
      ...(query ? { query } : {}),
      ...(body ? { body: { required: true, content: { [JSON_TYPE]: { schema: body } } } } : {}),
    },
    responses: {
      200: { description: 'Success', content: { [JSON_TYPE]: { schema: successSchema(data, list === true) } } },
      default: { description: `A refusal; \`error.code\` says which.${refused}`, content: { [JSON_TYPE]: { schema: errorSchema } } },
    },
  })
}

/** The OpenAPI 3.1 document as text, made on first use. */
export function openApiText(app: OpenAPIHono<ApiEnv>): () => string {
  let text: string | undefined
  return () => {
    text ??= JSON.stringify(openApiDocument(app))
    return text
  }
}

export type OpenApiDocument = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>

/** The OpenAPI 3.1 document of the application. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>): OpenApiDocument {
  for (const [name, scheme] of Object.entries(SCHEMES)) app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: `${env().BRAND_NAME} API`, version, description: 'For the servers of registered clients.' },
    servers: [{ url: env().PUBLIC_URL }],
  })
}
