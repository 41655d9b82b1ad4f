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
  /** What was read on the way, for {@link readOnce}. Only the rendering of a page has it: it changes nothing, and is over in a moment. */
  reads?: Map<string, Promise<unknown>>
}

/** What `read` finds; while a page is rendered, what the first of its verbs found under `key`. */
export function readOnce<T>({ reads }: Ctx, key: string, read: () => Promise<T>): Promise<T> {
  if (!reads) return read()
  const known = reads.get(key) as Promise<T> | undefined
  const found = known ?? read()
  if (!known) reads.set(key, found)
  return found
}

/** A context for work that no request caused. */
export function systemContext(name: string): Ctx {
  return { actor: { kind: 'system', name }, requestId: `sys_${name}`, ip: null, userAgent: null, locale: 'en' }
}
