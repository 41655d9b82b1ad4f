import { passed, type StateCheck } from '../check.ts'

/** Somebody restricted it by hand: the installation's operator, or the team itself. */
export const clientRestricted: StateCheck = {
  code: 'client_restricted',
  run: ({ snapshot }) =>
    snapshot.restricted ? { ok: false, message: 'This client is restricted.', expected: 'not restricted', received: 'restricted' } : passed,
}
