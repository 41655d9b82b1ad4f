import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { childEnv } from '#lib/env.ts'
import { until } from '#lib/testing/server-process.ts'

const MODULES = '/usr/lib/apache2/modules'
const LOADED = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc']

export type ApacheOptions = { port: number; issuer: string; client: { id: string; secret: string }; redirectUri: string }

/** Apache with mod_auth_openidc, in a folder of its own: `/secure/` wants a log-in and tells who came in headers. */
export class Apache {
  readonly origin: string
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'xwms-apache-'))
  #child: ChildProcess | undefined
  #output = ''

  constructor({ port, issuer, client, redirectUri }: ApacheOptions) {
    this.origin = `http://localhost:${port}`
    chmodSync(this.#dir, 0o755)
    mkdirSync(path.join(this.#dir, 'htdocs/secure'), { recursive: true })
    writeFileSync(path.join(this.#dir, 'htdocs/secure/index.html'), 'inside')
    const user = process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''
    writeFileSync(
      path.join(this.#dir, 'apache.conf'),
      `ServerRoot ${this.#dir}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${this.#dir}/apache.pid
ErrorLog ${this.#dir}/error.log
LogLevel warn auth_openidc:info
${user}
${LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
DocumentRoot ${this.#dir}/htdocs
DirectoryIndex index.html
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${client.id}
OIDCClientSecret ${client.secret}
OIDCRedirectURI ${redirectUri}
OIDCCryptoPassphrase 0123456789abcdef0123456789abcdef
OIDCPKCEMethod S256
OIDCScope "openid profile email"
<Location /secure>
  AuthType openid-connect
  Require valid-user
  # Node marks its requests as scripted ones, which would get a 401 instead of the way to the log-in.
  OIDCUnAuthAction auth "true"
  Header always set X-Sub "expr=%{reqenv:OIDC_CLAIM_sub}"
  Header always set X-Email "expr=%{reqenv:OIDC_CLAIM_email}"
</Location>
`,
    )
  }

  /** Starts it and waits until it answers. @throws Error with what it said when it ends instead. */
  async start(): Promise<void> {
    const args = ['-f', path.join(this.#dir, 'apache.conf'), '-D', 'FOREGROUND']
    // Apache ends its whole process group when it stops: it gets one of its own.
    this.#child = spawn('/usr/sbin/apache2', args, { env: childEnv(), stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += String(chunk)
      })
    }
    await until('Apache answers', async () => {
      if (this.#child?.exitCode !== null) throw new Error(`Apache ended: ${this.#output}`)
      return fetch(`${this.origin}/`).then(
        () => true,
        () => false,
      )
    })
  }

  /** What it complained about. */
  log(): string {
    return readFileSync(path.join(this.#dir, 'error.log'), 'utf8').slice(-3000)
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGTERM')
      await ended
    }
    rmSync(this.#dir, { recursive: true, force: true })
  }
}
