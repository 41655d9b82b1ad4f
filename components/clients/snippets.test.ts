import { describe, expect, it } from 'vitest'
import { envSnippet } from './env-snippet.ts'
import { postmanCollection } from './postman.ts'
import { type SnippetClient, snippetsOf } from './snippets.ts'

const SECRET = 'xws_test_s'
const web: SnippetClient = {
  id: 'cl_1',
  kind: 'web',
  secret: SECRET,
  origin: 'http://localhost:3000',
  domain: 'localhost',
  redirectUri: null,
  idTokenAlg: 'RS256',
}
const spa: SnippetClient = {
  ...web,
  id: 'cl_2',
  kind: 'spa',
  secret: null,
  origin: 'https://login.example.com',
  redirectUri: 'https://a.example/cb',
}
const codeOf = (client: SnippetClient, key: string) => snippetsOf(client).find((snippet) => snippet.key === key)?.code ?? ''

describe('snippets', () => {
  it('put the values of the client where they belong, and the secret never into a program', () => {
    expect(envSnippet(web)).toBe('OIDC_ISSUER=http://localhost:3000/oidc\nOIDC_CLIENT_ID=cl_1\nOIDC_CLIENT_SECRET=xws_test_s\n')
    expect(codeOf(web, 'curl')).toContain('-u "cl_1:xws_test_s"')
    expect(codeOf(web, 'api')).toContain('X-Client-Domain: localhost')
    for (const key of ['node', 'nextAuth', 'php', 'python']) {
      expect(codeOf(web, key), key).toContain('cl_1')
      expect(codeOf(web, key), key).toContain('http://localhost:3000/oidc')
      expect(codeOf(web, key), key).not.toContain(SECRET)
    }
  })

  it('leave a hole for the secret once it cannot be shown any more', () => {
    const later = { ...web, secret: null }
    expect(codeOf(later, 'curl')).toContain('-u "cl_1:$OIDC_CLIENT_SECRET"')
    expect(envSnippet(later)).toContain('OIDC_CLIENT_SECRET=\n')
  })

  it('need no secret for a public client, and allow plain http only where it is used', () => {
    expect(snippetsOf(spa).map(({ key }) => key)).toEqual(['browser'])
    expect(envSnippet(spa)).not.toContain('SECRET')
    expect(codeOf(spa, 'browser')).toContain('client.None()')
    expect(codeOf(spa, 'browser')).toContain("redirect_uri: 'https://a.example/cb'")
    expect(codeOf(spa, 'browser')).not.toContain('allowInsecureRequests')
    expect(codeOf(web, 'node')).toContain('allowInsecureRequests')
  })

  it('have next-auth ask the userinfo endpoint: the ID token has no name and no address', () => {
    expect(codeOf(web, 'nextAuth')).toContain('userinfo: { request: ({ client, tokens }) => client.userinfo(tokens) },')
  })

  it('tell a library what ID tokens are signed with, where it expects RS256', () => {
    expect(codeOf({ ...web, idTokenAlg: 'ES256' }, 'nextAuth')).toContain(
      "idToken: true,\n      client: { id_token_signed_response_alg: 'ES256' },\n",
    )
    expect(codeOf(web, 'nextAuth')).not.toContain('id_token_signed_response_alg')
  })

  it('let a machine get tokens of its own, and nobody log in', () => {
    const codes = snippetsOf({ ...web, kind: 'machine' })
    expect(codes.map(({ key }) => key)).toEqual(['curl', 'api', 'nodeMachine', 'phpMachine', 'pythonMachine'])
    for (const { code } of codes) expect(code).not.toMatch(/redirect_uri|authorization_code/)
  })
})

describe('the Postman collection', () => {
  it('has the values of the client as variables, and never a secret', () => {
    const text = JSON.stringify(postmanCollection(web, 'Shop <b>'))
    expect(JSON.parse(text)).toMatchObject({
      info: { name: 'Shop <b>', schema: expect.stringContaining('v2.1.0') },
      variable: [
        { key: 'origin', value: 'http://localhost:3000' },
        { key: 'client_id', value: 'cl_1' },
        { key: 'client_secret', value: '' },
        { key: 'client_domain', value: 'localhost' },
      ],
    })
    expect(text).not.toContain(SECRET)
    expect(JSON.stringify(postmanCollection(spa, 'Browser'))).not.toContain('client_secret')
  })
})
