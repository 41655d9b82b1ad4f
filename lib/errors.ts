/** What can go wrong, as the verbs see it. Each transport maps these codes to its own status and public text, once. */
export type ErrorCode =
  | 'validation_failed'
  | 'not_found'
  | 'permission_denied'
  | 'unauthenticated'
  | 'conflict'
  | 'limit_reached'
  | 'too_many_attempts'
  | 'code_invalid'
  | 'email_taken'
  | 'busy'
  | 'unavailable'
  | 'scope_not_granted'
  | 'consent_required'
  | 'user_not_found'
  | 'token_invalid'

export type FieldError = {
  path: string
  /** For a person; English. */
  message: string
  /** What pages translate the message by, with `params`. */
  code?: string
  params?: Record<string, string | number>
}

export type AppErrorOptions = {
  /** For a person; English. Pages translate by `code` and `params`, so keep it short and free of internals. */
  message?: string
  /** Values for the translated text, never secrets. */
  params?: Record<string, string | number>
  fields?: FieldError[]
  /** Seconds to wait, for `too_many_attempts` and `busy`. */
  retryAfter?: number
  cause?: unknown
}

/** An expected failure with a code. Anything else that is thrown is a bug or an outage and is answered generically. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: Record<string, string | number>
  readonly fields: FieldError[]
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.params = options.params ?? {}
    this.fields = options.fields ?? []
    this.retryAfter = options.retryAfter
  }
}

/**
 * Whether `error` is an AppError. Not `instanceof`: Next's bundle has its own copy of the class.
 */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error
}
