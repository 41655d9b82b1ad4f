import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestBrowser } from '#lib/oidc/testing.ts'
import { sharing } from '#lib/testing/server-pair.ts'
import { freePort, until } from '#lib/testing/server-process.ts'
import { Apache } from './apache.ts'
import { type Installation, startInstallation } from './installation.ts'
import { ensurePackages } from './packages.ts'

describe('Apache with mod_auth_openidc', () => {
  let installation: Installation
  let apache: Apache

  beforeAll(async () => {
    ensurePackages({ apache2: '/usr/sbin/apache2', 'libapache2-mod-auth-openidc': '/usr/lib/apache2/modules/mod_auth_openidc.so' })
    installation = await startInstallation()
    const port = await freePort()
    const redirectUri = `http://localhost:${port}/secure/callback`
    const client = await installation.addClient(redirectUri)
    await tellAbout(client.id, `${redirectUri}?logout=backchannel`)
    apache = new Apache({ port, issuer: installation.issuer, client, redirectUri })
    await apache.start()
  })
  afterAll(async () => {
    await apache?.stop()
    await installation?.close()
  })

  /** Owners set it on the page of their client. */
  async function tellAbout(clientId: string, uri: string): Promise<void> {
    const database = new pg.Client({ connectionString: sharing(installation.server).DATABASE_URL })
    await database.connect()
    await database.query('UPDATE clients SET backchannel_logout_uri = $2 WHERE id = $1', [clientId, uri])
    await database.end()
  }

  it('lets nobody in without a log-in, and tells who came after one', async () => {
    const visitor = new TestBrowser()
    const asked = await visitor.go('/secure/', apache.origin)
    expect(asked.location, `${asked.status} ${asked.text}\n${apache.log()}`).not.toBeNull()
    expect(asked.location?.href).toMatch(`${installation.issuer}/auth?`)
    expect(asked.location?.searchParams.get('code_challenge_method')).toBe('S256')
    const callback = await installation.person.authorize(String(asked.location))
    const inside = await visitor.go(callback.href, apache.origin)
    expect(inside.text).toBe('inside')
    expect(inside.response.headers.get('x-email')).toBe('interop@example.com')
    expect(inside.response.headers.get('x-sub')).toMatch(/^\d+$/)
  })

  it('does not take the same answer twice', async () => {
    const visitor = new TestBrowser()
    const asked = await visitor.go('/secure/', apache.origin)
    const callback = await installation.person.authorize(String(asked.location))
    expect((await visitor.go(callback.href, apache.origin)).text).toBe('inside')
    expect((await new TestBrowser().go(callback.href, apache.origin)).text).not.toBe('inside')
  })

  it('hears over the back channel that the person logged out, and lets them in no more', async () => {
    const visitor = new TestBrowser()
    const asked = await visitor.go('/secure/', apache.origin)
    await visitor.go((await installation.person.authorize(String(asked.location))).href, apache.origin)
    expect((await visitor.go('/secure/', apache.origin)).text).toBe('inside')

    const { browser } = installation.person
    const page = await browser.go('/oidc/session/end', installation.server.url)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const body = new URLSearchParams({ xsrf, logout: 'yes' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await browser.go('/oidc/session/end/confirm', installation.server.url, { method: 'POST', headers, body })
    await until('Apache asks for a log-in again', async () => (await visitor.go('/secure/', apache.origin)).text !== 'inside')
  })
})
