import type { StateCheck } from '../check.ts'

/** The named domain is one of the client's own: the whole host, never a part of it. */
export const domainNotAllowed: StateCheck = {
  code: 'domain_not_allowed',
  run: ({ snapshot, claimedDomain }) =>
    snapshot.domain_id === null
      ? {
          ok: false,
          message: 'This domain is not one of the client’s domains.',
          expected: 'a domain of this client',
          received: claimedDomain,
        }
      : { ok: true, received: snapshot.host as string },
}
