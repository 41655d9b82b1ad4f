import { expect, it, vi } from 'vitest'
import { exportAnswer } from '../export-stream.ts'
import { answerStream } from './log-route.ts'

vi.mock('../context.ts', () => ({ requestContext: async () => ({ actor: { kind: 'user', userId: 'usr_1' }, requestId: 'req_test' }) }))

const ended = vi.fn()

async function* pieces(): AsyncGenerator<string, void> {
  try {
    yield 'a'
    yield 'b'
  } finally {
    ended()
  }
}

const ask = (method: 'GET' | 'HEAD', signal = new AbortController().signal) =>
  answerStream(new Request('http://localhost/requests/export', { method, signal }), 'export', (_, release) =>
    exportAnswer(pieces(), { format: 'csv', name: 'requests', requestId: 'req_test', ended: release }),
  )

it('gives the place back that a HEAD took, however many there are', async () => {
  for (let time = 0; time < 5; time++) {
    const answer = await ask('HEAD')
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/csv; charset=utf-8', ''])
  }
  expect(ended).toHaveBeenCalledTimes(5)
})

it('lets a person have two at a time, and one more when one was read or dropped', async () => {
  const [one, two, three] = [await ask('GET'), await ask('GET'), await ask('GET')]
  expect([one.status, two.status, three.status]).toEqual([200, 200, 429])
  expect(await one.text()).toBe('ab')
  expect((await ask('HEAD')).status).toBe(200)
  await two.body?.cancel()
  expect(await (await ask('GET')).text()).toBe('ab')
})

it('gives the place back of who went before the stream was read', async () => {
  ended.mockClear()
  for (let time = 0; time < 5; time++) expect((await ask('GET', AbortSignal.abort())).status).toBe(200)
  for (let time = 0; time < 5; time++) {
    const tab = new AbortController()
    expect((await ask('GET', tab.signal)).status).toBe(200)
    tab.abort()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(6 + time))
  }
})
