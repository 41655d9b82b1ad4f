import { resolve, type Schema } from './schema-fields.ts'

/** Values that say more than "string" for what our endpoints take. */
const KNOWN: Record<string, unknown> = {
  sub: '123456789012345',
  redirect_url: 'http://localhost:4000/callback',
  state: 'any',
  token: 'sgd_…',
  email: 'ada@example.com',
  street: 'Oudegracht',
  postal_code: '3511 AB',
  city: 'Utrecht',
  country: 'NL',
  socials: true,
}

/** A body that fits the schema: what is required, and what is worth showing. */
export function exampleOf(schema: Schema, schemas: Record<string, Schema>): unknown {
  const own = resolve(schema, schemas)
  if (own.oneOf?.[0]) return exampleOf(own.oneOf[0], schemas)
  if (own.properties) {
    const shown = Object.entries(own.properties).filter(([name]) => own.required?.includes(name) || name === 'state')
    return Object.fromEntries(shown.map(([name, member]) => [name, KNOWN[name] ?? exampleOf(member, schemas)]))
  }
  if (own.enum) return own.enum[0]
  if (own.type === 'array') return []
  if (own.type === 'number' || own.type === 'integer') return own.minimum ?? 1
  return own.type === 'boolean' ? true : 'text'
}
