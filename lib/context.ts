import type { Locale } from '#lib/i18n/index.ts'

/** Who acts. The kinds differ in type, not in flags. */
export type Actor =
  | { kind: 'user'; userId: string; sub: string; email: string; isOperator: boolean; sessionId: string }
  | { kind: 'client'; clientId: string }
  /** The installation itself: the CLI, jobs, the seed. May do everything; `name` says which part. */
  | { kind: 'system'; name: string }
  | { kind: 'nobody' }

/** What every verb gets besides its input. */
export type Ctx = {
  actor: Actor
  requestId: string
  ip: string | null
  userAgent: string | null
  locale: Locale
}

/** A context for work that no request caused. */
export function systemContext(name: string): Ctx {
  return { actor: { kind: 'system', name }, requestId: `sys_${name}`, ip: null, userAgent: null, locale: 'en' }
}
