import { type ErrorCode, type FieldError, isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { ApiError } from './api-error.ts'

export type ErrorAnswer = {
  status: number
  code: string
  message: string
  fields: { path: string; message: string }[]
  headers: Record<string, string>
}

/** The status of each expected failure. One table for all endpoints. */
const STATUS: Record<ErrorCode, number> = {
  validation_failed: 422,
  not_found: 404,
  permission_denied: 403,
  unauthenticated: 401,
  conflict: 409,
  limit_reached: 409,
  too_many_attempts: 429,
  code_invalid: 400,
  email_taken: 409,
  busy: 503,
  unavailable: 503,
  scope_not_granted: 403,
  consent_required: 403,
  user_not_found: 404,
  token_invalid: 400,
}

/** What an error answers. Anything unexpected is logged with the request id, and says nothing else. */
export function errorAnswer(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof ApiError) {
    return { status: error.status, code: error.code, message: error.message, fields: [], headers: error.headers }
  }
  if (isAppError(error)) {
    const fields = error.fields.map(({ path, message }) => ({ path, message }))
    const headers: Record<string, string> = error.retryAfter ? { 'Retry-After': String(Math.ceil(error.retryAfter)) } : {}
    return { status: STATUS[error.code] ?? 500, code: error.code, message: messageOf(error.message, error.fields), fields, headers }
  }
  log().error({ err: error, requestId }, 'api request failed')
  return { status: 500, code: 'internal_error', message: 'Something went wrong on our side.', fields: [], headers: {} }
}

/** SDKs show only the message, so it names the first wrong field, by its own name: "country: not an ISO 3166-1 code". */
function messageOf(message: string, fields: FieldError[]): string {
  const first = fields[0]
  if (!first) return message
  const name = first.path.split('.').at(-1)
  return name ? `${name}: ${first.message}` : first.message
}
