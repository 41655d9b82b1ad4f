import { env } from '#lib/env.ts'

/** Whether an `Origin` header says that a POST came from elsewhere; `null` (a sandboxed frame, a redirect) is elsewhere. Absent says nothing. */
export function isForeignOrigin(origin: string | null): boolean {
  return origin !== null && origin !== env().PUBLIC_URL
}
