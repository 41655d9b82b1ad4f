import { expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { peekSingleton, setSingleton } from '#lib/registry.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { currentProvider } from './testing.ts'
import { provider, useFlow } from './testing-flow.ts'

useFlow()

it('answers what nobody expected as every error: by its kind, with its headers, and on the request log', async () => {
  const running = await currentProvider()
  running.use(async (ctx, next) => {
    if (ctx.path === '/boom') throw new Error('secret detail')
    if (ctx.path === '/large') throw Object.assign(new Error('too large'), { status: 413, expose: true })
    await next()
  })
  // Koa has taken its list of middlewares with the callback.
  setSingleton('oidc.mounted', { ...peekSingleton<object>('oidc.mounted'), handle: running.callback() })
  const ask = (path: string, accept: string) => fetch(`${provider.origin}/oidc${path}`, { headers: { accept } })

  const json = await ask('/boom', 'application/json')
  expect([json.status, await json.json()]).toEqual([500, { error: 'server_error', error_description: 'oops! something went wrong' }])
  const page = await ask('/boom', 'text/html')
  const requestId = page.headers.get('x-request-id') ?? ''
  const text = await page.text()
  expect([page.status, page.headers.get('content-type'), text.includes(requestId)]).toEqual([500, 'text/html; charset=utf-8', true])
  expect(text).not.toContain('secret detail')
  for (const { headers } of [json, page]) {
    expect(headers.get('x-request-id')).toMatch(/^req_/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  expect((await ask('/large', 'application/json')).status).toBe(413)

  await flushRequests()
  expect(await db().requestLog.findFirst({ where: { requestId } })).toMatchObject({
    status: 500,
    decision: 'server_error',
    path: '/oidc/boom',
  })
})
