import { isIP } from 'node:net'
import path from 'node:path'
import ipaddr from 'ipaddr.js'
import * as z from 'zod'
import { isMailbox, isReadable, tlsProblem } from './env-values.ts'
import { peekSingleton, setSingleton } from './registry.ts'

/** Why the environment is unusable: one line that names the variable. */
export class EnvError extends Error {
  constructor(line: string) {
    super(line)
    this.name = 'EnvError'
  }
}

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`)

const flag = z.enum(['0', '1', 'true', 'false'], 'must be 1 or 0').transform((value) => value === '1' || value === 'true')

const url = (protocols: string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), `must be a URL such as ${example}`)

const origin = z
  .string()
  .refine((value) => {
    if (!URL.canParse(value)) return false
    const { protocol, pathname, search, hash, username } = new URL(value)
    return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash && !username
  }, 'must be an origin such as https://login.example.com, without a path')
  .transform((value) => new URL(value).origin)

const secret = z.string().refine((value) => Buffer.byteLength(value) >= 32, 'must be at least 32 bytes')

const cidrs = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.every(isCidrOrAddress), 'must be CIDRs or addresses separated by commas, such as 10.0.0.0/8,::1')

const smtpUrl = url(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587').refine(
  (value) => URL.parse(value)?.hostname !== '',
  'must name a host, as in smtp://user:password@mail.example.com:587',
)

/** A directory of Microsoft Entra: its id, one of its domains, or a word for many. It becomes a part of an address. */
const tenant = z.string().regex(/^[\w-]+(\.[\w-]+)*$/, 'must be common, organizations, consumers, or the id or a domain of a tenant')

const readableFile = z.string().refine(isReadable, 'must name a file that this user may read')

function isCidrOrAddress(value: string): boolean {
  // `isIP` besides: ipaddr.js takes "1.2.3" for an address.
  return isIP(value.split('/')[0] as string) !== 0 && (value.includes('/') ? ipaddr.isValidCIDR(value) : true)
}

const credentials = { id: z.string().optional(), secret: z.string().optional() }

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test'], 'must be development, production or test').default('production'),
  PORT: integer(1, 65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: origin.optional(),
  ALLOW_INSECURE_HTTP: flag.default(false),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host/database').optional(),
  DATABASE_POOL: integer(2, 200).default(20),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((dir) => path.resolve(dir)),
  APP_SECRET: secret.optional(),
  APP_SECRET_PREVIOUS: secret.optional(),
  KEY_ROTATION_DAYS: integer(0, 3650).default(90),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://localhost:6379').optional(),
  RATE_LIMIT_STORE: z.enum(['memory', 'postgres', 'redis'], 'must be memory, postgres or redis').optional(),
  WORKERS: integer(1, 64).default(1),
  TRUSTED_PROXIES: cidrs.default([]),
  TLS_CERT: readableFile.optional(),
  TLS_KEY: readableFile.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z
    .string()
    .max(200, 'must be at most 200 characters')
    .refine(isMailbox, 'must be an address such as login@example.com or Name <login@example.com>')
    .optional(),
  METRICS_TOKEN: z.string().optional(),
  ALLOW_PRIVATE_OUTGOING: flag.default(false),
  DYNAMIC_REGISTRATION: flag.default(false),
  BRAND_NAME: z.string().min(1).max(60, 'must be at most 60 characters').default('XWMS'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent').default('info'),
  GOOGLE_CLIENT_ID: credentials.id,
  GOOGLE_CLIENT_SECRET: credentials.secret,
  MICROSOFT_CLIENT_ID: credentials.id,
  MICROSOFT_CLIENT_SECRET: credentials.secret,
  MICROSOFT_TENANT: tenant.default('common'),
  GITHUB_CLIENT_ID: credentials.id,
  GITHUB_CLIENT_SECRET: credentials.secret,
})

type Parsed = z.output<typeof schema>

export type Env = Readonly<
  Omit<Parsed, 'PUBLIC_URL' | 'RATE_LIMIT_STORE'> & {
    PUBLIC_URL: string
    RATE_LIMIT_STORE: 'memory' | 'postgres' | 'redis'
    /** `PUBLIC_URL` is https: cookies are `Secure`, HSTS is sent, the gate wants TLS. */
    secure: boolean
    embedded: boolean
    development: boolean
  }
>

/** A readable, frozen environment. @throws EnvError one line: the variable and what is wrong with it. Secrets are not repeated. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(present)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new EnvError(`${issue?.path.join('.')} ${issue?.message}`)
  }
  return Object.freeze(derive(result.data))
}

/** Log-in by others needs both of each: with one alone, its button would be missing and nobody told why. */
const PAIRS = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['MICROSOFT_CLIENT_ID', 'MICROSOFT_CLIENT_SECRET'],
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
] as const

function derive(data: Parsed): Env {
  for (const [id, secret] of PAIRS) {
    if (!data[id] !== !data[secret]) throw new EnvError(`${data[id] ? secret : id} must be set as well as ${data[id] ? id : secret}`)
  }
  if (!data.TLS_CERT !== !data.TLS_KEY) {
    throw new EnvError(`${data.TLS_CERT ? 'TLS_KEY' : 'TLS_CERT'} must be set as well: TLS needs a certificate and its key`)
  }
  const problem = data.TLS_CERT && data.TLS_KEY && tlsProblem(data.TLS_CERT, data.TLS_KEY)
  if (problem) throw new EnvError(problem)
  const publicUrl = data.PUBLIC_URL ?? `${data.TLS_CERT ? 'https' : 'http'}://localhost:${data.PORT}`
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'http:' && !isLoopback(hostname) && !data.ALLOW_INSECURE_HTTP) {
    throw new EnvError(
      `PUBLIC_URL must be https on anything but loopback (${publicUrl}); set ALLOW_INSECURE_HTTP=1 if something else protects the traffic`,
    )
  }
  const embedded = data.DATABASE_URL === undefined
  if (!embedded && data.APP_SECRET === undefined) {
    throw new EnvError('APP_SECRET is required with DATABASE_URL: at least 32 random bytes, the same for every process')
  }
  if (data.APP_SECRET_PREVIOUS !== undefined && data.APP_SECRET === undefined) {
    throw new EnvError('APP_SECRET is required with APP_SECRET_PREVIOUS')
  }
  return {
    ...data,
    PUBLIC_URL: publicUrl,
    RATE_LIMIT_STORE: rateLimitStore(data, embedded),
    secure: protocol === 'https:',
    embedded,
    development: data.NODE_ENV === 'development',
  }
}

function rateLimitStore(data: Parsed, embedded: boolean): Env['RATE_LIMIT_STORE'] {
  if (data.RATE_LIMIT_STORE === 'redis' && !data.REDIS_URL) throw new EnvError('REDIS_URL is required with RATE_LIMIT_STORE=redis')
  if (data.RATE_LIMIT_STORE === 'memory' && data.WORKERS > 1) {
    throw new EnvError('RATE_LIMIT_STORE must be postgres or redis with more than one worker: memory is not shared')
  }
  if (data.RATE_LIMIT_STORE) return data.RATE_LIMIT_STORE
  if (embedded && data.WORKERS === 1) return 'memory'
  return data.REDIS_URL ? 'redis' : 'postgres'
}

/** Whether `hostname` (as in a URL) is this machine: RFC 8252 §8.3 names the same addresses. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

const NAME = 'env'

/** The environment of this process, parsed once. @throws EnvError on the first call when it is unusable. */
export function env(): Env {
  return peekSingleton<Env>(NAME) ?? setSingleton(NAME, parseEnv(process.env))
}

/** Environment variables for a child process: this process's own with `overrides`; undefined removes one. */
export function childEnv(overrides: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides }
}

/** Sets what libraries read from the environment themselves. Call before they load. */
export function exportForLibraries(): void {
  process.env.NEXTAUTH_URL = env().PUBLIC_URL
  process.env.NEXT_TELEMETRY_DISABLED = '1'
}
