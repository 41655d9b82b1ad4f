import { passed, type StateCheck } from '../check.ts'

/** In live mode the team has shown that the domain is theirs. */
export const domainUnverified: StateCheck = {
  code: 'domain_unverified',
  run: ({ snapshot }) =>
    snapshot.domain_mode === 'live' && !snapshot.verified
      ? { ok: false, message: 'This domain is in live mode but not verified.', expected: 'verified', received: 'unverified' }
      : passed,
}
