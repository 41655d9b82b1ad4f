import { expect, it } from 'vitest'
import { createClient } from '#lib/clients/index.ts'
import { systemContext } from '#lib/context.ts'
import { post } from './testing.ts'
import { CALLBACK, client, getCode, owner, provider, useFlow } from './testing-flow.ts'

useFlow()

/** A token of a new public client with these redirect URIs, of which the callback is one. */
async function tokenOf(redirectUris: string[]): Promise<string> {
  const input = { teamId: client.teamId, name: 'App', type: 'public' as const, redirectUris }
  const { id } = (await createClient({ ctx: systemContext('test'), input })).client
  const { code, verifier } = await getCode(owner, { id, secret: '', teamId: client.teamId })
  const form = { grant_type: 'authorization_code', client_id: id, code, code_verifier: verifier, redirect_uri: CALLBACK }
  return String((await post(provider.origin, '/oidc/token', form)).body.access_token)
}

/** What came of a request by a page of `origin`, and whom the answer allows to read it. */
async function asked(token: string, origin: string): Promise<[number, string | null]> {
  const response = await fetch(`${provider.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}`, origin } })
  return [response.status, response.headers.get('access-control-allow-origin')]
}

it('lets pages of a redirect URI’s origin read answers, and no others', async () => {
  const token = await tokenOf([CALLBACK])
  expect(await asked(token, 'http://localhost:4000')).toEqual([200, 'http://localhost:4000'])
  for (const origin of ['null', 'https://evil.example', 'http://localhost:4001']) expect((await asked(token, origin))[1]).toBeNull()
})

// `null` is the origin of sandboxed frames, and what a URL says of a scheme of its own.
it.each(['null', 'com.example.app:', 'com.example.app://'])('lets no page of %s read answers for a native app', async (origin) => {
  expect((await asked(await tokenOf([CALLBACK, 'com.example.app:/cb']), origin))[1]).toBeNull()
})
