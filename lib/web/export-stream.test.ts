import { describe, expect, it } from 'vitest'
import { exportAnswer, exportFormat } from './export-stream.ts'

const asked = { format: 'csv', name: 'things', requestId: 'req_test' } as const

async function* of(...pieces: (string | Error)[]): AsyncGenerator<string, void> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece
    yield piece
  }
}

describe('an export', () => {
  it('is a file of the format that was asked for', async () => {
    for (const [format, type] of [
      ['csv', 'text/csv; charset=utf-8'],
      ['jsonl', 'application/jsonl; charset=utf-8'],
    ] as const) {
      const { headers } = await exportAnswer(of('x'), { ...asked, format })
      expect([headers.get('content-type'), headers.get('content-disposition'), headers.get('cache-control')]).toEqual([
        type,
        `attachment; filename="things.${format}"`,
        'no-store, no-transform',
      ])
    }
    expect([exportFormat('jsonl'), exportFormat('xml'), exportFormat(null)]).toEqual(['jsonl', 'csv', 'csv'])
  })

  it('is sent whole, also when it is empty or has empty pieces', async () => {
    expect(await (await exportAnswer(of('a', '', 'b'), asked)).text()).toBe('ab')
    expect(await (await exportAnswer(of(), asked)).text()).toBe('')
  })

  it('throws what refuses it before its first piece, and breaks off at what comes later', async () => {
    await expect(exportAnswer(of(new Error('refused')), asked)).rejects.toThrow('refused')
    let ends = 0
    const broken = await exportAnswer(of('a', new Error('gone')), { ...asked, ended: () => void ends++ })
    await expect(broken.text()).rejects.toThrow('gone')
    expect(ends).toBe(1)
  })

  it('reads nothing more once who asked has hung up', async () => {
    let [ends, closed] = [0, false]
    async function* endless(): AsyncGenerator<string, void> {
      try {
        for (;;) yield 'x'
      } finally {
        closed = true
      }
    }
    const reader = (await exportAnswer(endless(), { ...asked, ended: () => void ends++ })).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect([ends, closed]).toEqual([1, true])
  })
})
