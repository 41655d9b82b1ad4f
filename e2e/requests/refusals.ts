import { generateClientSecret } from '#lib/secrets/client-secret.ts'
import type { HttpsInstallation } from './installation.ts'

export const LIVE_HOST = 'app.example.com'

/** A client with a live domain of its own, a test domain, and a secret for each mode. */
export type Shop = { clientId: string; teamId: string; live: string; test: string; domainId: string; ownerId: string; ownerSub: string }

export async function makeShop({ server, sql }: HttpsInstallation, email: string): Promise<Shop> {
  const domains = ['--domain', `${LIVE_HOST}:live`, '--domain', 'localhost:test']
  type Made = { client_id: string; client_secret: string; team: { id: string } | string }
  const made = await server.cli<Made>('client', 'create', '--owner', email, '--name', 'Shop', ...domains)
  const clientId = made.client_id
  await server.cli('domain', 'set', clientId, LIVE_HOST, '--verified')
  const live = await server.cli<{ client_secret: string }>('secret', 'create', clientId, '--mode', 'live', '--label', 'server')
  const [client] = await sql(
    'SELECT c.team_id, d.id FROM clients c JOIN domains d ON d.client_id = c.id WHERE c.id = $1 AND host = $2',
    clientId,
    LIVE_HOST,
  )
  const [owner] = await sql('SELECT id, sub FROM users WHERE email = $1', email)
  return {
    clientId,
    teamId: String(client?.team_id),
    domainId: String(client?.id),
    live: live.client_secret,
    test: made.client_secret,
    ownerId: String(owner?.id),
    ownerSub: String(owner?.sub),
  }
}

type Asked = { id?: string; secret?: string; domain?: string; ip?: string; headers?: Record<string, string>; path?: string; body?: object }
export type Answered = { code: string; status: number; requestId: string }

/** One call of the API by the shop's server, right but for what is given; an empty text leaves a header out. */
export async function call({ api }: HttpsInstallation, shop: Shop, asked: Asked = {}): Promise<Answered> {
  const headers: Record<string, string> = {
    'X-Client-Id': asked.id ?? shop.clientId,
    'X-Client-Secret': asked.secret ?? shop.live,
    'X-Client-Domain': asked.domain ?? LIVE_HOST,
    'X-Forwarded-For': asked.ip ?? '203.0.113.7',
    ...asked.headers,
  }
  for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name]
  const target = asked.path ?? '/api/v1/whoami'
  const response = await (asked.body ? api.post(target, { headers, data: asked.body }) : api.get(target, { headers }))
  const body = (await response.json()) as { status: string; error?: { code: string } }
  return { code: body.error?.code ?? body.status, status: response.status(), requestId: response.headers()['x-request-id'] ?? '' }
}

/** Makes every refusal of the contract happen once, in the order of its table. The check that marks it: by number. */
export async function refuseEverything(installation: HttpsInstallation, shop: Shop): Promise<Map<string, Answered>> {
  const { sql } = installation
  const answers = new Map<string, Answered>()
  const ask = async (code: string, asked: Asked = {}) => answers.set(code, await call(installation, shop, asked))
  const client = (set: string) => sql(`UPDATE clients SET ${set} WHERE id = $1`, shop.clientId)
  const team = (set: string) => sql(`UPDATE teams SET ${set} WHERE id = $1`, shop.teamId)
  const domain = (set: string) => sql(`UPDATE domains SET ${set} WHERE id = $1`, shop.domainId)
  /** Asks while something is set, then sets it back. */
  const during = async (change: (set: string) => Promise<unknown>, on: string, off: string, code: string, asked: Asked = {}) => {
    await change(on)
    await ask(code, asked)
    await change(off)
  }

  await ask('https_required', { headers: { 'X-Forwarded-Proto': 'http' } })
  await ask('credentials_missing', { secret: '' })
  await ask('credentials_malformed', { secret: `${shop.live.slice(0, -1)}${shop.live.endsWith('0') ? '1' : '0'}` })
  const guess = () => ({ secret: generateClientSecret('live'), ip: '198.51.100.9' })
  await Promise.all(Array.from({ length: 30 }, () => call(installation, shop, guess())))
  await ask('too_many_failures', guess())
  await ask('invalid_credentials', { secret: generateClientSecret('live') })
  await during(client, `status = 'disabled'`, `status = 'active'`, 'client_disabled')
  await during(client, 'restricted_at = now()', 'restricted_at = NULL', 'client_restricted')
  await during(team, `plan_ends_at = now() - interval '1 hour'`, 'plan_ends_at = NULL', 'plan_inactive')
  await ask('browser_refused', { headers: { Origin: 'https://shop.example' } })
  await ask('domain_not_allowed', { domain: 'other.example.com' })
  await during(domain, 'active = false', 'active = true', 'domain_inactive')
  await during(domain, 'verified_at = NULL', 'verified_at = now()', 'domain_unverified')
  await sql(
    `INSERT INTO secret_domains (secret_id, domain_id) SELECT s.id, d.id FROM client_secrets s, domains d
     WHERE s.client_id = $1 AND d.client_id = $1 AND s.mode = 'live' AND d.host = 'localhost'`,
    shop.clientId,
  )
  await ask('secret_not_linked')
  await sql('DELETE FROM secret_domains')
  await ask('mode_mismatch', { secret: shop.test })
  await during(domain, 'allow_login = false', 'allow_login = true', 'login_not_allowed', {
    path: '/api/sign-token',
    body: { redirect_url: `https://${LIVE_HOST}/back` },
  })
  await during(domain, 'allow_api = false', 'allow_api = true', 'api_not_allowed')
  await domain(`ip_allowlist = '{10.0.0.0/8}'`)
  await ask('ip_not_allowed')
  await domain(`ip_allowlist = '{}'`)
  await during(team, 'override_per_minute = 0', 'override_per_minute = NULL', 'rate_limited')
  await during(team, 'override_per_month = 0', 'override_per_month = NULL', 'quota_exceeded')

  await ask('scope_not_granted', { path: '/api/get/user/address', body: { sub: shop.ownerSub } })
  await ask('user_not_found', { path: '/api/get/user/info', body: { sub: '123456789012345' } })
  await sql('INSERT INTO ended_consents (user_id, client_id) VALUES ($1, $2)', shop.ownerId, shop.clientId)
  await ask('consent_required', { path: '/api/get/user/info', body: { sub: shop.ownerSub } })
  return answers
}
