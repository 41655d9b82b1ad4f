import { afterAll, beforeAll } from 'vitest'
import { createClient } from '#lib/clients/index.ts'
import { type Ctx, systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { makeCast } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { authorizeUrl, loggedIn, pkce, post, startTestProvider, type TestProvider } from './testing.ts'

export const CALLBACK = 'http://localhost:4000/cb'
const SCOPE = 'openid profile email offline_access'

export type TestClient = { id: string; secret: string; teamId: string }

// Live bindings: a test file imports these names and sees what `useFlow` has put there.
export let provider: TestProvider
export let owner: Ctx
export let stranger: Ctx
export let client: TestClient

/** Gives a test file a provider on a database of its own, an owner with a client, and a stranger. */
export function useFlow(environment: Record<string, string> = {}): void {
  const database = useTestDatabase()
  beforeAll(async () => {
    provider = await startTestProvider(database.url(), environment)
    const cast = await makeCast()
    owner = cast.owner
    stranger = cast.stranger
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'enterprise' } })
    client = await makeClient(cast.teamId)
  })

  afterAll(() => provider.close())
}

/** One more client of a team, with the callback registered. */
export async function makeClient(teamId: string, redirectUris = [CALLBACK]): Promise<TestClient> {
  const created = await createClient({ ctx: systemContext('test'), input: { teamId, name: 'Test app', redirectUris } as never })
  return { id: created.client.id, secret: created.secret?.value ?? '', teamId }
}

/** Logs the person in and allows, up to the code. */
export async function getCode(ctx: Ctx = owner, using = client, extra: Record<string, string | undefined> = {}, resources: string[] = []) {
  const { browser, sessionId } = await loggedIn(ctx)
  const { verifier, challenge } = pkce()
  const url = authorizeUrl(provider.origin, {
    client_id: using.id,
    redirect_uri: CALLBACK,
    scope: SCOPE,
    code_challenge: challenge,
    ...extra,
  })
  const several = resources.map((resource) => `&resource=${encodeURIComponent(resource)}`).join('')
  const end = await browser.go(url + several, provider.origin)
  return { browser, sessionId, verifier, end, code: end.location?.searchParams.get('code') ?? '' }
}

/** Redeems a code. */
export function redeem(code: string, verifier: string, using = client, extra: Record<string, string> = {}) {
  return post(
    provider.origin,
    '/oidc/token',
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, ...extra },
    using,
  )
}

/** Redeems a refresh token. */
export function refresh(token: string, using = client) {
  return post(provider.origin, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token }, using)
}

/** The status that the userinfo endpoint answers a token with. */
export async function userinfo(token: string): Promise<number> {
  return (await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status
}

/** Logs in, allows, and redeems the code. */
export async function tokens(ctx = owner, using = client) {
  const { code, verifier, sessionId, browser } = await getCode(ctx, using)
  const answer = await redeem(code, verifier, using)
  if (answer.status !== 200) throw new Error(`no tokens: ${JSON.stringify(answer.body)}`)
  return {
    access: String(answer.body.access_token),
    refresh: String(answer.body.refresh_token),
    id: String(answer.body.id_token),
    sessionId,
    browser,
  }
}
