import { GATE_CODES } from '#lib/gate/index.ts'

export type ErrorEntry = { code: string; status: number }

/** Every code that an error of the API, or of the server around it, may have; `error-codes.test.ts` proves that none is missing. */
export const ERRORS = {
  /** In the order in which the checks run. */
  gate: Object.entries(GATE_CODES).map(([code, status]) => ({ code, status })),
  people: [
    { code: 'scope_not_granted', status: 403 },
    { code: 'consent_required', status: 403 },
    { code: 'user_not_found', status: 404 },
    { code: 'token_invalid', status: 400 },
    { code: 'invalid_token', status: 401 },
  ],
  request: [
    { code: 'invalid_json', status: 400 },
    { code: 'validation_failed', status: 422 },
    { code: 'body_too_large', status: 413 },
    { code: 'length_required', status: 411 },
    { code: 'headers_too_large', status: 431 },
    { code: 'request_timeout', status: 408 },
    { code: 'not_found', status: 404 },
    { code: 'method_not_allowed', status: 405 },
    { code: 'bad_request', status: 400 },
    { code: 'foreign_origin', status: 403 },
  ],
  other: [
    { code: 'limit_reached', status: 409 },
    { code: 'conflict', status: 409 },
    { code: 'email_taken', status: 409 },
    { code: 'unauthenticated', status: 401 },
    { code: 'permission_denied', status: 403 },
    { code: 'code_invalid', status: 400 },
    { code: 'too_many_attempts', status: 429 },
    { code: 'busy', status: 503 },
    { code: 'unavailable', status: 503 },
    { code: 'internal_error', status: 500 },
  ],
} satisfies Record<string, ErrorEntry[]>

export type ErrorGroup = keyof typeof ERRORS
