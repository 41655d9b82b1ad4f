import { EventEmitter } from 'node:events'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { expect, it } from 'vitest'
import { letGo } from './let-go.ts'
import { requestState } from './request-state.ts'

function context(closed = false) {
  const res = Object.assign(new EventEmitter(), { closed })
  const ctx = { req: {}, res, request: {}, response: {}, state: {}, oidc: { params: {}, entities: {}, provider: 'kept' } }
  return { ctx: ctx as unknown as KoaContextWithOIDC, res }
}

it('leaves a request whole until its answer is out, and cuts it off then', async () => {
  const { ctx, res } = context()
  const state = requestState(ctx)
  await letGo(ctx, async () => {})
  expect(ctx.req).toBeDefined()
  expect(requestState(ctx)).toBe(state)
  res.emit('close')
  expect(ctx).toMatchObject({ req: undefined, res: undefined, request: undefined, response: undefined, state: undefined })
  expect(ctx.oidc).toEqual({ provider: 'kept' })
})

it('does so when the request failed as well, and tells of the failure', async () => {
  const { ctx, res } = context()
  await expect(letGo(ctx, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  res.emit('close')
  expect(ctx.req).toBeUndefined()
})

it('leaves alone what still runs for somebody who has gone', async () => {
  const { ctx, res } = context(true)
  await letGo(ctx, async () => {})
  res.emit('close')
  expect(ctx.req).toBeDefined()
})
