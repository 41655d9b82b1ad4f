import { passed, type StateCheck } from '../check.ts'

/** The domain's switch for log-in. */
export const loginNotAllowed: StateCheck = {
  code: 'login_not_allowed',
  run: ({ snapshot }) =>
    snapshot.allow_login
      ? passed
      : { ok: false, message: 'This domain does not allow log-in.', expected: 'log-in allowed', received: 'not allowed' },
}

/** The domain's switch for the API. */
export const apiNotAllowed: StateCheck = {
  code: 'api_not_allowed',
  run: ({ snapshot }) =>
    snapshot.allow_api
      ? passed
      : { ok: false, message: 'This domain does not allow the API.', expected: 'API allowed', received: 'not allowed' },
}
