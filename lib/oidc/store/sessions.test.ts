import { describe, expect, it } from 'vitest'
import { authorizeUrl, pkce } from '../testing.ts'
import { CALLBACK, client, getCode, provider, useFlow } from '../testing-flow.ts'
import { createAdapter } from './adapter.ts'

useFlow()

const sessions = () => createAdapter('Session')
const session = (uid: string, more = {}) => ({ jti: uid, uid, kind: 'Session', accountId: '1', exp: 2_000_000_000, ...more })

describe('sessions that several requests save at once', () => {
  it('are saved by each, at first and again', async () => {
    for (let round = 0; round < 15; round++) {
      const id = `of-round-${round}`
      await Promise.all(Array.from({ length: 30 }, () => sessions().upsert(id, session(id), 600)))
      expect(await sessions().find(id)).toMatchObject({ uid: id })
    }
  })

  it('are not saved again under an id that they left', async () => {
    await sessions().upsert('left', session('moved'), 600)
    await sessions().destroy('left')
    await sessions().upsert('new', session('moved', { accountId: '2' }), 600)
    await sessions().upsert('left', session('moved'), 600)
    expect(await sessions().find('left')).toBeUndefined()
    expect(await sessions().findByUid('moved')).toMatchObject({ accountId: '2' })
  })

  it('give every tab of a browser its code', async () => {
    const { browser } = await getCode()
    const open = () => {
      const request = { client_id: client.id, redirect_uri: CALLBACK, scope: 'openid email', code_challenge: pkce().challenge }
      return browser.go(authorizeUrl(provider.origin, request), provider.origin)
    }
    for (let round = 0; round < 5; round++) {
      const ends = await Promise.all(Array.from({ length: 20 }, open))
      expect(ends.filter(({ location }) => location?.searchParams.has('code'))).toHaveLength(20)
    }
  })
})
