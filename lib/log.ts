import { pino } from 'pino'
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
  'code',
  'code_verifier',
  'csrfToken',
  '"x-client-secret"',
]

export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error'>

/** The process's structured log: JSON lines on stderr, so that stdout stays free for a command's answer. */
export function log(): Log {
  return singleton('log', () =>
    pino(
      {
        level: env().LOG_LEVEL,
        base: { pid: process.pid },
        redact: {
          paths: SECRET_KEYS.flatMap((key) => [key, key.startsWith('"') ? `*[${key}]` : `*.${key}`].map(bracket)),
          censor: '[redacted]',
        },
        serializers: { err: pino.stdSerializers.err },
      },
      pino.destination({ dest: 2, sync: true }),
    ),
  )
}

function bracket(path: string): string {
  return path.startsWith('"') ? `[${path}]` : path
}
