import { type ProofCheck, passed } from '../check.ts'

/** One answer for an unknown client and a wrong, revoked or expired secret. Nothing of the client was read when it refuses. */
export const invalidCredentials: ProofCheck = {
  code: 'invalid_credentials',
  run(_input, _credentials, snapshot) {
    return snapshot ? passed : { ok: false, message: 'The client id and secret do not match.', received: 'no match' }
  },
}
