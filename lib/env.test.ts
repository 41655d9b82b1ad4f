import { describe, expect, it } from 'vitest'
import { EnvError, parseEnv } from './env.ts'

const SECRET = 'x'.repeat(32)
const EXTERNAL = { DATABASE_URL: 'postgresql://u:p@db/x', APP_SECRET: SECRET }

describe('the environment', () => {
  it('needs nothing, and is frozen', () => {
    const env = parseEnv({})
    expect(env).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://localhost:3000',
      embedded: true,
      secure: false,
      RATE_LIMIT_STORE: 'memory',
    })
    expect(Object.isFrozen(env)).toBe(true)
  })

  it('takes an empty variable for an unset one', () => {
    expect(parseEnv({ PORT: '', SMTP_URL: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000, embedded: true })
  })

  it.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ WORKERS: '1.5' }, 'WORKERS'],
    [{ PUBLIC_URL: 'example.com' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://example.com/path' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'http://example.com' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'http://127.0.0.1.example.com' }, 'PUBLIC_URL'],
    [{ DATABASE_URL: 'mysql://x', APP_SECRET: SECRET }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgresql://u:p@db/x' }, 'APP_SECRET'],
    [{ APP_SECRET: 'short' }, 'APP_SECRET'],
    [{ APP_SECRET_PREVIOUS: SECRET }, 'APP_SECRET'],
    [{ RATE_LIMIT_STORE: 'redis' }, 'REDIS_URL'],
    [{ RATE_LIMIT_STORE: 'memory', WORKERS: '2' }, 'RATE_LIMIT_STORE'],
    [{ REDIS_URL: 'http://x' }, 'REDIS_URL'],
    [{ TRUSTED_PROXIES: '10.0.0.0/40' }, 'TRUSTED_PROXIES'],
    [{ TLS_CERT: '/etc/hostname' }, 'TLS_KEY'],
    [{ TLS_CERT: '/does/not/exist', TLS_KEY: '/etc/hostname' }, 'TLS_CERT'],
    [{ SMTP_URL: 'mail.example.com' }, 'SMTP_URL'],
    [{ SMTP_URL: 'smtp://' }, 'SMTP_URL'],
    [{ GOOGLE_CLIENT_ID: 'x' }, 'GOOGLE_CLIENT_SECRET'],
    [{ MICROSOFT_CLIENT_SECRET: 'x' }, 'MICROSOFT_CLIENT_ID'],
    [{ GITHUB_CLIENT_ID: 'x', GITHUB_CLIENT_SECRET: '' }, 'GITHUB_CLIENT_SECRET'],
    [{ MICROSOFT_TENANT: '../common' }, 'MICROSOFT_TENANT'],
    [{ MICROSOFT_TENANT: 'a tenant' }, 'MICROSOFT_TENANT'],
    [{ TLS_CERT: import.meta.dirname, TLS_KEY: import.meta.filename }, 'TLS_CERT'],
    [{ TLS_CERT: import.meta.filename, TLS_KEY: import.meta.filename }, 'TLS_CERT'],
    [{ MAIL_FROM: 'nonsense' }, 'MAIL_FROM'],
    [{ MAIL_FROM: 'XWMS <nonsense>' }, 'MAIL_FROM'],
    [{ MAIL_FROM: 'a@example.com, b@example.com' }, 'MAIL_FROM'],
  ])('refuses %o, naming %s in one line', (source, variable) => {
    const error = failure(source)
    expect(error.message).toMatch(new RegExp(`^${variable} `))
    expect(error.message).not.toContain('\n')
  })

  it.each([
    { MAIL_FROM: 'login@example.com' },
    { MAIL_FROM: 'Log in, please <login@example.com>' },
    { METRICS_TOKEN: 'x' },
    { MICROSOFT_TENANT: 'contoso.onmicrosoft.com' },
    { SMTP_URL: 'smtp://localhost' },
  ])('accepts %o', (source) => {
    expect(parseEnv(source)).toMatchObject(source)
  })

  it('never repeats a secret', () => {
    expect(failure({ APP_SECRET: 'hunter2' }).message).not.toContain('hunter2')
  })

  it('allows plain http elsewhere only when told', () => {
    expect(parseEnv({ PUBLIC_URL: 'http://example.com', ALLOW_INSECURE_HTTP: '1' }).PUBLIC_URL).toBe('http://example.com')
  })

  it.each([
    [{}, 'memory'],
    [{ WORKERS: '2' }, 'postgres'],
    [{ WORKERS: '2', REDIS_URL: 'redis://localhost' }, 'redis'],
    [EXTERNAL, 'postgres'],
    [{ ...EXTERNAL, REDIS_URL: 'redis://localhost' }, 'redis'],
  ])('counts minutes for %o in %s', (source, store) => {
    expect(parseEnv(source).RATE_LIMIT_STORE).toBe(store)
  })

  function failure(source: Record<string, string>): Error {
    try {
      parseEnv(source)
    } catch (error) {
      expect(error).toBeInstanceOf(EnvError)
      return error as Error
    }
    throw new Error('was accepted')
  }
})
