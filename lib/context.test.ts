import { describe, expect, it } from 'vitest'
import { type Ctx, readOnce, systemContext } from './context.ts'

describe('readOnce', () => {
  const counted = () => {
    let reads = 0
    return async () => ++reads
  }

  it('reads each time when no page is rendered', async () => {
    const [ctx, read] = [systemContext('test'), counted()]
    expect([await readOnce(ctx, 'a', read), await readOnce(ctx, 'a', read)]).toEqual([1, 2])
  })

  it('reads each thing once for a page, also when asked twice at the same time', async () => {
    const ctx: Ctx = { ...systemContext('test'), reads: new Map() }
    const read = counted()
    expect(await Promise.all([readOnce(ctx, 'a', read), readOnce(ctx, 'a', read), readOnce(ctx, 'b', read)])).toEqual([1, 1, 2])
  })
})
