import { expect, it, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { followRequests } from '#lib/requests/index.ts'
import { liveRoute } from './live-route.ts'

vi.mock('../context.ts', () => ({ requestContext: async () => ({ actor: { kind: 'user', userId: 'usr_1' }, requestId: 'req_test' }) }))
vi.mock('#lib/requests/index.ts', () => ({ followRequests: vi.fn() }))

it('ends quietly when the view is closed while a look at the log is under way', async () => {
  const warn = vi.spyOn(log(), 'warn')
  const looking = Promise.withResolvers<void>()
  const found = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  vi.mocked(followRequests).mockImplementation(async function* () {
    try {
      yield null
      looking.resolve()
      await found.promise
      yield [{ id: 'req_late' }] as never
    } finally {
      ended.resolve()
    }
  })
  const answer = await liveRoute(new Request('http://localhost/requests/live?team=tem_1'))
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toContain(': connected')
  await looking.promise
  const closed = reader.cancel()
  found.resolve()
  await Promise.all([closed, ended.promise])
  expect(warn).not.toHaveBeenCalled()
})
