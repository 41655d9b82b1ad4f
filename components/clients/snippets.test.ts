import { describe, expect, it } from 'vitest'
import { curlSnippet, envSnippet, nodeSnippet } from './snippets.ts'

const confidential = { id: 'cl_1', secret: 'xws_test_s', issuer: 'http://localhost:3000/oidc' }
const open = { id: 'cl_2', secret: null, issuer: 'https://login.example.com/oidc' }

describe('snippets', () => {
  it('put the values of the client where they belong, and the secret never into code', () => {
    expect(envSnippet(confidential)).toBe('OIDC_ISSUER=http://localhost:3000/oidc\nOIDC_CLIENT_ID=cl_1\nOIDC_CLIENT_SECRET=xws_test_s\n')
    expect(nodeSnippet(confidential)).toContain('client.ClientSecretBasic(process.env.OIDC_CLIENT_SECRET)')
    expect(nodeSnippet(confidential)).not.toContain('xws_test_s')
    expect(curlSnippet(confidential)).toContain("-u 'cl_1:xws_test_s'")
  })

  it('need no secret for a public client, and allow plain http only where it is used', () => {
    expect(envSnippet(open)).not.toContain('SECRET')
    expect(nodeSnippet(open)).toContain('client.None()')
    expect(nodeSnippet(open)).not.toContain('allowInsecureRequests')
    expect(nodeSnippet(confidential)).toContain('allowInsecureRequests')
  })
})
