import { apiDocument } from '#lib/api/index.ts'
import { exampleOf } from './example.ts'
import { type Field, fieldsOf, resolve, type Schema } from './schema-fields.ts'

/** One endpoint, ready to be shown. */
export type Operation = {
  id: string
  method: string
  path: string
  summary: string
  description: string[]
  /** Behind the gate: needs credentials. */
  gated: boolean
  query: Field[]
  /** More than one where a member decides which it is. */
  bodies: { name: string | null; fields: Field[] }[]
  /** The members of `data`. */
  answer: Field[]
  exampleBody: unknown
}

type Spec = {
  summary?: string
  description?: string
  operationId?: string
  security?: unknown[]
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

const JSON_TYPE = 'application/json'

/** Every endpoint of the API, from the document that `/api/openapi.json` answers. */
export function operations(): Operation[] {
  const { paths = {}, components } = apiDocument() as unknown as { paths?: Record<string, Record<string, Spec>>; components: unknown }
  const schemas = (components as { schemas: Record<string, Schema> }).schemas
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, spec]) => operation(path, method, spec, schemas)),
  )
}

function operation(path: string, method: string, spec: Spec, schemas: Record<string, Schema>): Operation {
  const body = spec.requestBody?.content[JSON_TYPE]?.schema
  const answer = spec.responses['200']?.content?.[JSON_TYPE]?.schema
  const data = answer && resolve(answer, schemas).properties?.data
  return {
    id: spec.operationId ?? path,
    method: method.toUpperCase(),
    path,
    summary: spec.summary ?? '',
    description: (spec.description ?? '').split('\n\n').filter(Boolean),
    gated: (spec.security ?? []).length > 0,
    query: (spec.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name, required, schema }) => fieldsOf({ properties: { [name]: schema }, required: required ? [name] : [] }, schemas)),
    bodies: body ? variants(body, schemas) : [],
    answer: data ? fieldsOf(data, schemas) : [],
    exampleBody: body ? exampleOf(body, schemas) : undefined,
  }
}

function variants(body: Schema, schemas: Record<string, Schema>): Operation['bodies'] {
  const { oneOf, discriminator } = resolve(body, schemas)
  const property = discriminator?.propertyName
  if (!oneOf || !property) return [{ name: null, fields: fieldsOf(body, schemas) }]
  return oneOf.map((one) => {
    const value = resolve(resolve(one, schemas).properties?.[property] ?? {}, schemas).enum?.[0]
    return { name: `${property}: ${String(value)}`, fields: fieldsOf(one, schemas) }
  })
}
