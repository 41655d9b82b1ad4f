import type { StateCheck } from '../check.ts'

/** The team needs a plan that has not ended. */
export const planInactive: StateCheck = {
  code: 'plan_inactive',
  run: ({ snapshot }) =>
    snapshot.plan_name === null
      ? { ok: false, message: 'The team of this client has no active plan.', expected: 'an active plan', received: 'none' }
      : { ok: true, received: snapshot.plan_name },
}
