import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { childEnv } from '#lib/env.ts'
import { hashClientSecret } from '#lib/secrets/index.ts'
import { CommandShell } from '#lib/testing/command-shell.ts'
import { APP_SECRET } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'

const MAIN = path.resolve(import.meta.dirname, 'main.ts')
const PASSWORD = 'correct horse battery staple'

type Ran = { code: number | null; stdout: string; stderr: string }

// Commands that must fail, and one that must not, are processes of their own.
describe('the commands', { timeout: 120_000 }, () => {
  const database = useTestDatabase()

  const settings = () =>
    childEnv({ DATABASE_URL: database.url(), APP_SECRET, NODE_ENV: 'production', LOG_LEVEL: undefined, NODE_OPTIONS: undefined })
  let shell: CommandShell

  /** As a person at a shell does: a process of its own. */
  function run(...args: string[]): Promise<Ran> {
    const child = spawn(process.execPath, [MAIN, ...args], { env: settings(), stdio: ['ignore', 'pipe', 'pipe'] })
    const ran: Ran = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => {
      ran.stdout += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      ran.stderr += String(chunk)
    })
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve({ ...ran, code }))
    })
  }

  /** The document of a command that works, where the process around it is not what matters. */
  // biome-ignore lint/suspicious/noExplicitAny: the documents are what is being checked
  const json = (...args: string[]) => shell.run<any>(args)

  async function failure(...args: string[]) {
    const { code, stdout, stderr } = await run(...args, '--json')
    expect(stdout).toBe('')
    return { exit: code, ...(JSON.parse(stderr) as { error: { code: string; message: string; fields?: unknown[] } }).error }
  }

  let owner: string
  let clientId: string

  beforeAll(async () => {
    shell = new CommandShell(settings(), process.cwd())
    owner = 'owner@example.test'
    const made = await run('user', 'create', '--email', 'Owner@Example.test', '--password', PASSWORD, '--name', 'Olive Owner', '--json')
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' })
    const user = JSON.parse(made.stdout)
    expect(user).toMatchObject({
      email: owner,
      user_id: expect.stringMatching(/^usr_/),
      sub: expect.stringMatching(/^\d{15}$/),
      team: { name: 'Olive Owner' },
    })
    const team = await db().team.findUniqueOrThrow({ where: { id: user.team.id } })
    expect(team.planKey).toBe('free')
    clientId = (await json('client', 'create', '--owner', owner, '--name', 'Shop')).client_id
  })

  afterAll(() => shell.stop())

  it('makes operators', async () => {
    const { user_id: id } = await json('user', 'create', '--email', 'op@example.test', '--password', PASSWORD, '--name', 'Op', '--operator')
    expect((await db().user.findUniqueOrThrow({ where: { id } })).isOperator).toBe(true)
  })

  it('makes operators of those who are there, and takes it back', async () => {
    expect(await json('user', 'operator', owner)).toMatchObject({ email: owner, operator: true })
    expect(await json('user', 'operator', owner.toUpperCase())).toMatchObject({ email: owner, operator: true })
    expect((await db().user.findUniqueOrThrow({ where: { email: owner } })).isOperator).toBe(true)
    expect(await json('user', 'operator', owner, '--remove')).toMatchObject({ operator: false })
    const told = await db().auditEvent.findMany({ where: { action: { startsWith: 'operator.' } }, orderBy: { at: 'asc' } })
    expect(told.map(({ action, teamId }) => [action, teamId])).toEqual([
      ['operator.added', null],
      ['operator.removed', null],
    ])
    expect(await failure('user', 'operator', 'nobody@example.test')).toMatchObject({ exit: 1, code: 'not_found' })
  })

  it('gives somebody a new password', async () => {
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { email: owner } })
    expect(await failure('user', 'password', owner, '--password', 'short')).toMatchObject({ exit: 1, code: 'validation_failed' })
    expect(await json('user', 'password', owner, '--password', 'another password of mine')).toMatchObject({
      email: owner,
      sessions_ended: 0,
    })
    expect((await db().user.findUniqueOrThrow({ where: { email: owner } })).passwordHash).not.toBe(passwordHash)
    expect(await failure('user', 'password', 'nobody@example.test', '--password', PASSWORD)).toMatchObject({ exit: 1, code: 'not_found' })
  })

  it('makes a client with its defaults and shows the secret this once', async () => {
    const made = await json('client', 'create', '--owner', owner, '--name', 'Défauts 🦊')
    expect(made).toMatchObject({
      client_id: expect.stringMatching(/^cl_/),
      client_secret: expect.stringMatching(/^xws_test_[0-9A-Za-z]{46}$/),
      secret_id: expect.stringMatching(/^sec_/),
      redirect_uris: [],
      scopes: ['openid', 'profile', 'email', 'offline_access'],
      team: { name: 'Olive Owner' },
      domains: [{ host: 'localhost', mode: 'test', active: true, allow_login: true, allow_api: true, primary: true, verified: false }],
    })
    const row = await db().clientSecret.findUniqueOrThrow({ where: { id: made.secret_id } })
    expect(Buffer.from(row.hash).equals(hashClientSecret(made.client_secret))).toBe(true)
    const shown = await json('client', 'show', made.client_id)
    expect(shown.id_token_signed_response_alg).toBe('RS256')
    expect(shown).toMatchObject({ name: 'Défauts 🦊', status: 'active', secrets: [{ secret_id: made.secret_id, mode: 'test' }] })
    expect(JSON.stringify(shown)).not.toContain(made.client_secret)
  })

  it('takes every option of client create', async () => {
    const made = await json(
      ...['client', 'create', '--owner', owner, '--name', 'All', '--type', 'confidential'],
      ...['--domain', 'app.example.com:live', '--domain', 'staging.example.com'],
      ...['--redirect-uri', 'https://app.example.com/cb', '--redirect-uri', 'http://localhost:8080/cb'],
      ...['--scope', 'openid', '--scope', 'email userinfo'],
    )
    expect(made.domains.map((d: { host: string; mode: string }) => [d.host, d.mode])).toEqual([
      ['app.example.com', 'live'],
      ['staging.example.com', 'test'],
      ['localhost', 'test'],
    ])
    expect(made).toMatchObject({
      redirect_uris: ['https://app.example.com/cb', 'http://localhost:8080/cb'],
      scopes: ['openid', 'email', 'userinfo'],
    })
    expect(await json('client', 'create', '--owner', owner, '--name', 'Pub', '--type', 'public')).toMatchObject({
      client_secret: null,
      secret_id: null,
    })
  })

  it('disables, enables and deletes', async () => {
    const { client_id: id } = await json('client', 'create', '--owner', owner, '--name', 'Gone')
    expect(await json('client', 'disable', id)).toEqual({ client_id: id, status: 'disabled' })
    expect(await json('client', 'enable', id)).toEqual({ client_id: id, status: 'active' })
    expect(await json('client', 'delete', id)).toMatchObject({ client_id: id, deleted: true, secrets: 1 })
    expect(await failure('client', 'show', id)).toMatchObject({ exit: 1, code: 'not_found' })
  })

  it('restricts and lifts, as an operator does', async () => {
    const { client_id: id } = await json('client', 'create', '--owner', owner, '--name', 'Abused')
    expect(await failure('client', 'restrict', id)).toMatchObject({ exit: 2, code: 'usage', message: expect.stringContaining('--reason') })
    const restricted = { client_id: id, restricted: true, reason: 'Sends spam', by_operator: true }
    expect(await json('client', 'restrict', id, '--reason', ' Sends spam ')).toEqual(restricted)
    expect(await json('client', 'restrict', id, '--reason', 'Again')).toEqual(restricted)
    expect(await json('client', 'show', id)).toMatchObject({ status: 'active', restricted: true })
    expect(await json('client', 'lift', id)).toEqual({ client_id: id, restricted: false, reason: null, by_operator: false })
    expect(await json('client', 'show', id)).toMatchObject({ status: 'active', restricted: false })
    expect(await failure('client', 'lift', 'cl_none')).toMatchObject({ exit: 1, code: 'not_found' })
  })

  it('makes and revokes secrets', async () => {
    expect(await json('secret', 'create', clientId)).toMatchObject({ mode: 'test', client_secret: expect.stringMatching(/^xws_test_/) })
    const live = await json('secret', 'create', clientId, '--mode', 'live', '--label', 'CI', '--expires', '2999-01-01T00:00:00Z')
    expect(live).toMatchObject({
      mode: 'live',
      label: 'CI',
      expires_at: '2999-01-01T00:00:00.000Z',
      client_secret: expect.stringMatching(/^xws_live_/),
    })
    expect(await json('secret', 'revoke', clientId, live.secret_id)).toMatchObject({ secret_id: live.secret_id, revoked: true })
    expect(await failure('secret', 'create', clientId, '--expires', '2001-01-01')).toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'expiresAt' }],
    })
  })

  it('sets domains', async () => {
    const set = (...args: string[]) => json('domain', 'set', clientId, ...args)
    expect(await set('API.example.com')).toMatchObject({ host: 'api.example.com', mode: 'test', active: true, added: true })
    expect(await set('api.example.com', '--mode', 'live', '--inactive', '--allow-login', 'no')).toMatchObject({
      ...{ mode: 'live', active: false, allow_login: false, allow_api: true, verified: false, added: false },
    })
    expect(await set('api.example.com', '--active', '--verified', '--ip', '10.1.2.3/8', '--ip', '2001:db8::1')).toMatchObject({
      ...{ active: true, verified: true, mode: 'live', ip_allowlist: ['10.0.0.0/8', '2001:db8::1/128'] },
    })
    expect((await set('api.example.com', '--ip', '192.0.2.1')).ip_allowlist).toEqual(['192.0.2.1/32'])
    expect((await set('api.example.com', '--ip', 'none')).ip_allowlist).toEqual([])
    expect(await failure('domain', 'set', clientId, 'api.example.com', '--ip', '10.0.0.0/99')).toMatchObject({
      exit: 1,
      code: 'validation_failed',
    })
    expect(await failure('domain', 'set', clientId, 'https://x.example.com/')).toMatchObject({
      fields: [{ path: 'host', code: 'host_scheme' }],
    })
  })

  it('sets plans, rotates keys, revokes tokens', async () => {
    const changed = await json('plan', 'set', owner, 'pro')
    expect(changed).toMatchObject({ plan: 'pro', previous: 'free' })
    expect(await json('plan', 'set', changed.team.id, 'Enterprise')).toMatchObject({ plan: 'enterprise', previous: 'pro' })
    expect(await failure('plan', 'set', owner, 'gold')).toMatchObject({ code: 'validation_failed' })
    expect(await failure('plan', 'set', 'nobody@example.test', 'pro')).toMatchObject({ code: 'not_found' })
    expect((await json('keys', 'rotate')).rotated).not.toHaveLength(0)
    expect(await json('tokens', 'revoke', clientId)).toEqual({ client_id: clientId, revoked: 0 })
  })

  it('makes, lists and ends initial access tokens, whose value is seen once', async () => {
    const made = await json('registration-token', 'create', owner, '--label', 'CI', '--uses', '2', '--days', '3')
    expect(made).toMatchObject({
      id: expect.any(String),
      token: expect.stringMatching(/^\S{30,}$/),
      team: expect.stringMatching(/^tm_/),
      uses: 2,
    })
    expect((Date.parse(made.expires_at) - Date.now()) / 86_400_000).toBeCloseTo(3, 1)
    const listed = await json('registration-token', 'list', made.team)
    expect(listed).toMatchObject({ team: made.team, tokens: [{ id: made.id, label: 'CI', uses: 0, maxUses: 2, revokedAt: null }] })
    expect(JSON.stringify(listed)).not.toContain(made.token)
    expect(await json('registration-token', 'revoke', made.id)).toEqual({ id: made.id, revoked_at: expect.any(String) })
    expect(await failure('registration-token', 'create', owner, '--uses', '0')).toMatchObject({ exit: 1, code: 'validation_failed' })
    expect(await failure('registration-token', 'list', 'nobody@example.test')).toMatchObject({ exit: 1, code: 'not_found' })
  })

  it('ends everything that the clients of one team were issued, and of no other', async () => {
    await json('user', 'create', '--email', 'other@example.test', '--password', PASSWORD, '--name', 'Other')
    const other = (await json('client', 'create', '--owner', 'other@example.test', '--name', 'Elsewhere')).client_id
    const ofClient = (id: string) => db().oidcArtifact.count({ where: { clientId: id } })
    for (const [id, count] of [
      [clientId, 3],
      [other, 2],
    ] as const)
      for (let index = 0; index < count; index++)
        await db().oidcArtifact.create({
          data: {
            idHash: Buffer.from(`${id} ${index}`),
            kind: 'AccessToken',
            clientId: id,
            payload: Buffer.of(0),
            expiresAt: new Date(4e12),
          },
        })
    expect(await json('tokens', 'revoke-team', owner)).toMatchObject({ team: expect.stringMatching(/^tm_/), revoked: 3 })
    expect([await ofClient(clientId), await ofClient(other)]).toEqual([0, 2])
    expect(await failure('tokens', 'revoke', 'cl_none')).toMatchObject({ code: 'not_found', message: 'There is no such client.' })
    expect(await failure('tokens', 'revoke-team', 'nobody@example.test')).toMatchObject({ exit: 1, code: 'not_found' })
  })

  it('answers what goes wrong with one document and exit code 1', async () => {
    expect(await failure('client', 'create', '--owner', owner, '--name', '')).toMatchObject({
      exit: 1,
      code: 'validation_failed',
      fields: [{ path: 'name', code: 'required' }],
    })
    expect(await failure('client', 'create', '--owner', 'none@example.test', '--name', 'X')).toMatchObject({ exit: 1, code: 'not_found' })
    const unknown = await failure('client', 'create', '--owner', owner, '--name', 'X', '--redirect-uri', 'https://new.example.com/cb')
    expect(unknown).toMatchObject({
      exit: 1,
      code: 'validation_failed',
      message: expect.stringMatching(/new\.example\.com.*add the domain first/),
    })
    const twice = await failure('user', 'create', '--email', owner, '--password', PASSWORD, '--name', 'Again')
    expect(twice).toMatchObject({ exit: 1, code: 'email_taken' })
  })

  it('answers an unusable environment the same way', async () => {
    const env = childEnv({ DATABASE_URL: database.url(), APP_SECRET: 'short', NODE_ENV: 'production', NODE_OPTIONS: undefined })
    const child = spawn(process.execPath, [MAIN, 'keys', 'rotate', '--json'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk)
    })
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'environment', message: expect.stringContaining('APP_SECRET') } })
  })

  it('prints text for people', async () => {
    const { code, stdout, stderr } = await run('client', 'show', clientId)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Shop')
    expect(stdout).toMatch(/^Client ID +cl_/)
    expect(stdout).toMatch(/^ID tokens +signed with RS256$/m)
    const refused = await run('client', 'show', 'cl_none')
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: 'There is no such client.\n' })
  })
})
