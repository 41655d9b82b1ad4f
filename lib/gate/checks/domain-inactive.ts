import { passed, type StateCheck } from '../check.ts'

export const domainInactive: StateCheck = {
  code: 'domain_inactive',
  run: ({ snapshot }) =>
    snapshot.active ? passed : { ok: false, message: 'This domain is switched off.', expected: 'active', received: 'inactive' },
}
