import type { EventFilter } from '#lib/audit-log/index.ts'
import { one, type Query } from '../query.ts'

export type AuditQuery = {
  /** For the verbs. */
  filter: Omit<EventFilter, 'teamId'>
  /** As the address has it, for the form, links and chips. */
  params: Partial<Record<'actor' | 'action' | 'target' | 'from' | 'to', string>>
}

/** The filters in the address of the audit log and its exports. Days are UTC; `to` is the last day that is shown. What is no day is left out. */
export function auditQuery(query: Query): AuditQuery {
  const [from, to] = [day(one(query.from)?.trim()), day(one(query.to)?.trim())]
  const params = {
    ...picked('actor', one(query.actor)?.trim(), /^[\w-]{1,100}$/),
    ...picked('action', one(query.action)?.trim(), /^[a-z_]+(\.[a-z_]+)?$/),
    ...picked('target', one(query.target)?.trim(), /^[\w-]{1,100}$/),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
  const { from: _from, to: _to, ...rest } = params as AuditQuery['params']
  const filter = { ...rest, ...(from ? { from: `${from}T00:00:00Z` } : {}), ...(to ? { to: nextDay(to) } : {}) }
  return { filter, params }
}

function picked(name: string, value: string | undefined, form: RegExp): Record<string, string> {
  return value && form.test(value) ? { [name]: value } : {}
}

function day(value: string | undefined): string | undefined {
  if (!value || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(value) ? undefined : value
}

function nextDay(value: string): string {
  return new Date(Date.parse(`${value}T00:00:00Z`) + 24 * 60 * 60_000).toISOString()
}
