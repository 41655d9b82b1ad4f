import { type FieldError, isAppError } from '../errors.ts'

/** A command line that is no command (`usage`), or a wish to read the usage (`help`). */
export class CommandError extends Error {
  readonly kind: 'usage' | 'help'

  constructor(kind: 'usage' | 'help', message = '') {
    super(message)
    this.name = 'CommandError'
    this.kind = kind
  }
}

export type Failure = { code: string; message: string; fields?: FieldError[]; exitCode: number }

const USAGE_EXIT = 2

/** What a command says about an error, and the exit code: 2 for the command line, 1 for everything else. */
export function describeError(error: unknown): Failure {
  if (error instanceof CommandError) return { code: error.kind, message: error.message, exitCode: error.kind === 'help' ? 0 : USAGE_EXIT }
  if (isAppError(error)) {
    const { code, message, fields } = error
    return { code, message, ...(fields.length > 0 ? { fields } : {}), exitCode: 1 }
  }
  const known: Record<string, string> = {
    EnvError: 'environment',
    DatabaseBusyError: 'unavailable',
    DatabaseUnreachableError: 'unavailable',
  }
  const name = error instanceof Error ? error.name : ''
  // Someone at the installation's own shell may read what failed; one line of it.
  const message = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error)
  return { code: known[name] ?? 'internal_error', message: message || 'It failed without saying why.', exitCode: 1 }
}
