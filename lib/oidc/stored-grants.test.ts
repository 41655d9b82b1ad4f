import { beforeEach, describe, expect, it } from 'vitest'
import { type Db, db, pool, transaction } from '#lib/db.ts'
import { endSessionTokens, endUserTokens } from '#lib/grants/index.ts'
import { until } from '#lib/testing/server-process.ts'
import { authorizeUrl, pkce, type TestBrowser } from './testing.ts'
import {
  CALLBACK,
  client,
  getCode,
  makeClient,
  owner,
  provider,
  redeem,
  refresh,
  type TestClient,
  useFlow,
  userinfo,
} from './testing-flow.ts'

useFlow()

let app: TestClient
beforeEach(async () => {
  app = await makeClient(client.teamId)
})

const grants = () => db().oidcArtifact.findMany({ where: { kind: 'Grant', clientId: app.id } })
const lives = async () =>
  (await grants()).map(({ createdAt, expiresAt }) => Math.round(((expiresAt?.getTime() ?? 0) - createdAt.getTime()) / 1000))
const consent = () => db().consent.findFirstOrThrow({ where: { clientId: app.id } })

describe('the grant of an authorization', () => {
  it('is stored once, with the code, however often the person was asked something on the way', async () => {
    const first = await getCode(owner, app)
    expect([first.browser.prompts, (await grants()).length]).toEqual([['login', 'consent'], 1])
    const again = await getCode(owner, app, { prompt: 'consent' })
    expect([again.browser.prompts, (await grants()).length]).toEqual([['login', 'consent'], 2])
    for (const { code, verifier } of [first, again]) {
      const { body } = await redeem(code, verifier, app)
      expect(await userinfo(String(body.access_token))).toBe(200)
      expect((await refresh(String(body.refresh_token), app)).status).toBe(200)
    }
  })

  it('is not stored, and no log-in is noted, where the answer is that the person has to be asked', async () => {
    const { browser } = await getCode(owner, app, { scope: 'openid' })
    await db().consent.updateMany({ where: { clientId: app.id }, data: { lastLoginAt: null } })
    const params = { client_id: app.id, redirect_uri: CALLBACK, scope: 'openid email', prompt: 'none', code_challenge: pkce().challenge }
    const end = await browser.go(authorizeUrl(provider.origin, params), provider.origin)
    expect(end.location?.searchParams.get('error')).toBe('consent_required')
    expect([(await grants()).length, (await consent()).lastLoginAt]).toEqual([1, null])
    await getCode(owner, app, { scope: 'openid' })
    expect((await consent()).lastLoginAt).not.toBeNull()
  })

  it('lives as long as its refresh tokens may, and without any as long as the access token of its code', async () => {
    const { code, verifier } = await getCode(owner, app, { scope: 'openid' })
    expect(await lives()).toEqual([15 * 60 + 11 * 60])
    expect(await userinfo(String((await redeem(code, verifier, app)).body.access_token))).toBe(200)
    await getCode(owner, app)
    expect((await lives()).toSorted((a, b) => a - b)).toEqual([26 * 60, 90 * 86_400])
    await db().client.update({ where: { id: app.id }, data: { accessTokenTtl: 3_600 } })
    await db().oidcArtifact.deleteMany({ where: { kind: 'Grant', clientId: app.id } })
    await getCode(owner, app, { scope: 'openid' })
    expect(await lives()).toEqual([3_600 + 11 * 60])
  })

  /** Starts an authorization while `change` is not yet committed, which waits for it; then what came of it. */
  async function during(change: (tx: Db) => Promise<unknown>, table: string, flow: () => ReturnType<TestBrowser['go']>) {
    const going = await transaction(async (tx) => {
      await change(tx)
      const ended = flow()
      await until('the authorization waits', async () => {
        const text = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1`
        return (await pool().query(text, [`%${table}%`])).rows.length > 0
      })
      return { ended }
    })
    const { location } = await going.ended
    return [location?.searchParams.get('error'), location?.searchParams.get('code')]
  }

  it('does not outlive a consent that is taken back while it is stored', async () => {
    await getCode(owner, app)
    const { userId, sub } = owner.actor as { userId: string; sub: string }
    const takeBack = async (tx: Db) => {
      await tx.consent.delete({ where: { userId_clientId: { userId, clientId: app.id } } })
      await endUserTokens(tx, sub, app.id)
    }
    expect(await during(takeBack, 'consents', async () => (await getCode(owner, app)).end)).toEqual(['access_denied', null])
    expect(await grants()).toEqual([])
  })

  it('does not outlive a log-in that ends while it is stored', async () => {
    const { browser, sessionId } = await getCode(owner, app)
    const end = async (tx: Db) => {
      await tx.session.update({ where: { id: sessionId }, data: { endedAt: new Date() } })
      await endSessionTokens(tx, [sessionId])
    }
    const params = { client_id: app.id, redirect_uri: CALLBACK, scope: 'openid', code_challenge: pkce().challenge }
    const flow = () => browser.go(authorizeUrl(provider.origin, params), provider.origin)
    expect(await during(end, 'sessions', flow)).toEqual(['access_denied', null])
    expect(await grants()).toEqual([])
  })
})
