import { type LoggerOptions, pino } from 'pino'
import { env } from './env.ts'
import { singleton } from './registry.ts'

/** Keys whose values never reach a log line, at the top or one level down. */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  '"set-cookie"',
  'password',
  'secret',
  'client_secret',
  'clientSecret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'code_verifier',
  'csrfToken',
  '"x-client-secret"',
]

export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'isLevelEnabled'>

/** How lines are made: what is kept of an error, and what is blotted out. */
export function logOptions(): LoggerOptions {
  return {
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    redact: { paths: SECRET_KEYS.flatMap((key) => [bracket(key), key.startsWith('"') ? `*[${key}]` : `*.${key}`]), censor: '[redacted]' },
    serializers: { err: errorForLog },
  }
}

/** The process's structured log: JSON lines on stderr, so that stdout stays free for a command's answer. */
export function log(): Log {
  return singleton('log', () => pino(logOptions(), pino.destination({ dest: 2, sync: true })))
}

function bracket(path: string): string {
  return path.startsWith('"') ? `[${path}]` : path
}

/** What helps of an error, and no more: drivers hang their connection, with its keys, on theirs. */
function errorForLog(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    type: name,
    message,
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause === undefined ? {} : { cause: errorForLog(cause) }),
  }
}
