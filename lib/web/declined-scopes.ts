import type { PlainForm } from './auth/plain-form.ts'

/** Of the optional scopes that a consent page offered, those that the person did not leave ticked. */
export function declinedScopes({ encoded }: PlainForm): string[] {
  const fields = new URLSearchParams(encoded)
  const allowed = new Set(fields.getAll('optional'))
  return fields.getAll('offered').filter((scope) => !allowed.has(scope))
}
