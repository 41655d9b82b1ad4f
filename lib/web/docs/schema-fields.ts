/** As much of JSON Schema as our document uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  format?: string
  description?: string
  discriminator?: { propertyName: string }
  additionalProperties?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
}

/** One member, with how deep it sits: a flat list is what a table can show. */
export type Field = {
  name: string
  depth: number
  /** Such as `string`, `integer`; for lists that of the entries. */
  type: string
  list: boolean
  nullable: boolean
  required: boolean
  /** The values that it may have. */
  values: string[]
  description: string | null
}

const MAX_DEPTH = 3

/** What a reference stands for. */
export function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : resolve(schemas[name] ?? {}, schemas)
}

/** The members of an object schema, and theirs below them. */
export function fieldsOf(schema: Schema, schemas: Record<string, Schema>, depth = 0): Field[] {
  const { properties = {}, required = [] } = merged(resolve(schema, schemas), schemas)
  return Object.entries(properties).flatMap(([name, member]) => {
    const { schema: own, nullable } = withoutNull(resolve(member, schemas), schemas)
    const list = own.type === 'array'
    const inner = list ? resolve(own.items ?? {}, schemas) : own
    const field: Field = {
      name,
      depth,
      type: typeOf(inner, schemas),
      list,
      nullable,
      required: required.includes(name),
      values: (inner.enum ?? []).map(String),
      description: own.description ?? member.description ?? null,
    }
    return depth >= MAX_DEPTH ? [field] : [field, ...fieldsOf(inner, schemas, depth + 1)]
  })
}

function merged(schema: Schema, schemas: Record<string, Schema>): Schema {
  if (!schema.allOf) return schema
  const parts = [schema, ...schema.allOf.map((part) => merged(resolve(part, schemas), schemas))]
  return {
    ...schema,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  }
}

/** Null as one of several types, or as one of two alternatives, is said apart. */
function withoutNull(schema: Schema, schemas: Record<string, Schema>): { schema: Schema; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null')
    return { schema: { ...schema, type: types.length === 1 ? (types[0] as string) : types }, nullable: types.length < schema.type.length }
  }
  const alternatives = schema.anyOf ?? schema.oneOf
  const rest = alternatives?.filter((one) => one.type !== 'null')
  if (!alternatives || !rest || rest.length === alternatives.length || rest.length !== 1) return { schema, nullable: false }
  return { schema: resolve(rest[0] as Schema, schemas), nullable: true }
}

function typeOf(schema: Schema, schemas: Record<string, Schema>): string {
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return [...new Set(alternatives.map((one) => typeOf(resolve(one, schemas), schemas)))].join(' | ')
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? (schema.properties ? 'object' : 'any'))
  return schema.format ? `${type} (${schema.format})` : type
}
