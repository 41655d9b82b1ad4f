/** One thing that an event changed. `added` and `removed` are for lists. */
export type Change = {
  field: string
  before: string | null
  after: string | null
  added?: string[]
  removed?: string[]
}

type Values = Record<string, unknown>

const REDACTED = '[redacted]'
const SECRET_KEY = /secret$|token$|hash$|password|^code$|private/i
/** Our client secrets, JSON Web Tokens, and `user:password@` in addresses. */
const SECRET_VALUE = /xws_(?:test|live)_[0-9A-Za-z]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=:\/\/)[^\s/@]*:[^\s/@]*@/g

/** No verb records a secret; should one ever, it is not shown. */
export function redact(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return SECRET_KEY.test(key) ? REDACTED : value.replace(SECRET_VALUE, REDACTED)
  if (Array.isArray(value)) return value.map((one) => redact(one, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redact(one, name)]))
}

/** What differs between before and after, field by field, as people read it. Fields that say which thing it is stay when nothing else is there. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [valuesOf(before), valuesOf(after)]
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const changes = fields.map((field) => changeOf(field, was[field], is[field]))
  const real = before && after ? changes.filter((change) => change.before !== change.after) : changes
  return real.filter(({ before: from, after: to }) => from !== null || to !== null)
}

function changeOf(field: string, was: unknown, is: unknown): Change {
  const change: Change = { field, before: text(was), after: text(is) }
  if (!isList(was) || !isList(is)) return change
  const [had, has] = [was.map((one) => text(one) ?? ''), is.map((one) => text(one) ?? '')]
  return { ...change, added: has.filter((one) => !had.includes(one)), removed: had.filter((one) => !has.includes(one)) }
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

function valuesOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((one) => text(one) ?? '').join(', ')
  if (typeof value !== 'object') return String(value)
  // A scope of a client: { name, optional }.
  const { name, ...rest } = value as { name?: unknown } & Values
  if (typeof name !== 'string') return pairs(value as Values)
  const marks = Object.keys(rest).filter((key) => rest[key] === true)
  return marks.length > 0 ? `${name} (${marks.join(', ')})` : name
}

/** A key with its algorithm, for example, as a line: the plain form of JSON is for programs. */
function pairs(value: Values): string {
  return Object.entries(value)
    .map(([key, one]) => `${key}: ${text(one) ?? ''}`)
    .join(', ')
}
