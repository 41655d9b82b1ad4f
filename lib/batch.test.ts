import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Batcher } from './batch.ts'

/** A `run` whose batches end when told. */
function controlled() {
  const batches: { items: number[]; end: (error?: Error) => void }[] = []
  const run = (items: number[]) =>
    new Promise<number[]>((resolve, reject) => {
      batches.push({ items, end: (error) => (error ? reject(error) : resolve(items.map((item) => item * 10))) })
    })
  return { batches, run }
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

describe('a batcher', () => {
  it('runs what one turn adds together and answers each its own', async () => {
    const { batches, run } = controlled()
    const batcher = new Batcher(run, { concurrency: 1, size: 10 })
    const answers = Promise.all([batcher.add(1), batcher.add(2)])
    await turn()
    expect(batches.map(({ items }) => items)).toEqual([[1, 2]])
    batches[0]?.end()
    expect(await answers).toEqual([10, 20])
  })

  it('lets later items wait for the next batch: none joins one that has started', async () => {
    const { batches, run } = controlled()
    const batcher = new Batcher(run, { concurrency: 1, size: 10 })
    const first = batcher.add(1)
    await turn()
    const later = [batcher.add(2), batcher.add(3)]
    await turn()
    expect(batches).toHaveLength(1)
    batches[0]?.end()
    await first
    await turn()
    expect(batches[1]?.items).toEqual([2, 3])
    batches[1]?.end()
    expect(await Promise.all(later)).toEqual([20, 30])
  })

  it('gathers half of what was about, or for a while, and only when busy', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { batches, run } = controlled()
    const batcher = new Batcher(run, { concurrency: 2, size: 10, gatherMs: 1 })
    const sizes = () => batches.map(({ items }) => items.length)
    const add = (count: number) => Array.from({ length: count }, () => batcher.add(0))
    const answers = add(6)
    await turn()
    expect(sizes()).toEqual([6])
    // Half of six is not there yet.
    answers.push(...add(2))
    await turn()
    expect(sizes()).toEqual([6])
    answers.push(...add(1))
    await turn()
    expect(sizes()).toEqual([6, 3])
    for (const batch of batches) batch.end()
    await turn()
    // Nobody else comes: after a while it starts as it is.
    answers.push(...add(2))
    await turn()
    expect(sizes()).toEqual([6, 3])
    vi.advanceTimersByTime(1)
    expect(sizes()).toEqual([6, 3, 2])
    for (const batch of batches) batch.end()
    await Promise.all(answers)
  })

  it('forgets a burst', async () => {
    const { batches, run } = controlled()
    const batcher = new Batcher(run, { concurrency: 1, size: 100, gatherMs: 60_000 })
    const burst = Promise.all(Array.from({ length: 3 }, () => batcher.add(0)))
    await turn()
    batches[0]?.end()
    await burst
    // Half of three is one: a single caller never waits for others.
    const alone = batcher.add(1)
    await turn()
    expect(batches).toHaveLength(2)
    batches[1]?.end()
    expect(await alone).toBe(10)
  })

  it('keeps to its size and its concurrency', async () => {
    const { batches, run } = controlled()
    const batcher = new Batcher(run, { concurrency: 2, size: 2 })
    const all = [1, 2, 3, 4, 5].map((item) => batcher.add(item))
    await turn()
    expect(batches.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4],
    ])
    for (const batch of batches) batch.end()
    await turn()
    batches[2]?.end()
    expect(await Promise.all(all)).toEqual([10, 20, 30, 40, 50])
  })

  it('fails every item of a failed batch, and goes on', async () => {
    const { batches, run } = controlled()
    const batcher = new Batcher(run, { concurrency: 1, size: 10 })
    const lost = batcher.add(1)
    await turn()
    batches[0]?.end(new Error('away'))
    await expect(lost).rejects.toThrow('away')
    const next = batcher.add(2)
    await turn()
    batches[1]?.end()
    expect(await next).toBe(20)
  })

  it('answers all but the item whose data is refused, each once, in few runs', async () => {
    const runs: number[] = []
    const ran: number[] = []
    const run = async (items: number[]) => {
      runs.push(items.length)
      if (items.includes(13)) throw Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' })
      ran.push(...items)
      return items.map((item) => item * 10)
    }
    const batcher = new Batcher(run, { concurrency: 1, size: 100 })
    const items = Array.from({ length: 64 }, (_, n) => n)
    const answers = await Promise.allSettled(items.map((item) => batcher.add(item)))
    expect(answers.flatMap((answer, item) => (answer.status === 'rejected' ? [item] : []))).toEqual([13])
    expect(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))).toEqual(ran.map((item) => item * 10))
    expect(ran).toHaveLength(63)
    // The whole, and twice each time it is halved.
    expect(runs).toHaveLength(1 + 2 * 6)
  })

  it('does not try again what failed for another reason: it may have been done', async () => {
    let runs = 0
    const run = async (): Promise<number[]> => {
      runs++
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    }
    const batcher = new Batcher(run, { concurrency: 1, size: 10 })
    const lost = await Promise.allSettled([batcher.add(1), batcher.add(2)])
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(runs).toBe(1)
  })
})
