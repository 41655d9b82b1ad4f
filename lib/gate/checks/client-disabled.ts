import { passed, type StateCheck } from '../check.ts'

/** Its team switched it off; the dashboard switches it on again. */
export const clientDisabled: StateCheck = {
  code: 'client_disabled',
  run: ({ snapshot }) =>
    snapshot.disabled ? { ok: false, message: 'This client is disabled.', expected: 'active', received: 'disabled' } : passed,
}
