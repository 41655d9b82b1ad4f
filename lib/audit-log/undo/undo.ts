import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import type { Permission } from '#lib/teams/index.ts'
import type { TeamEventRow } from '../internal.ts'

/** How one kind of change is taken back. */
export type Undo = {
  /** What the original change needed. */
  permission: Permission
  /** Whether this event has what taking it back needs. */
  possible?: (event: TeamEventRow) => boolean
  /** Whether things still are as the event left them. Asked under the lock of its client, or else of its team. */
  stands: (tx: Db, event: TeamEventRow) => Promise<boolean>
  apply: (ctx: Ctx, event: TeamEventRow, tx: Db) => Promise<unknown>
}

type Values = Record<string, unknown>

export function before(event: TeamEventRow): Values {
  return event.before ?? {}
}

export function after(event: TeamEventRow): Values {
  return event.after ?? {}
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Texts of a list; null when it is none. */
export function texts(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : null
}

/** Whether two values of the log are the same, whatever the order of their members. */
export function same(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b)
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value as Values).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${key}:${stable(one)}`).join()}}`
}
