import { describe, expect, it } from 'vitest'
import { newId, newRequestId, randomBase62 } from './ids.ts'

describe('random characters', () => {
  it.each([1, 2, 13, 20, 45])('are as many as asked for: %i', (length) => {
    expect(randomBase62(length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`))
  })

  it('are each as likely as the others, at even and odd places', () => {
    for (const length of [2, 1]) {
      const counts = new Map<string, number>()
      for (let n = 0; n < 62_000 / length; n++) {
        for (const character of randomBase62(length)) counts.set(character, (counts.get(character) ?? 0) + 1)
      }
      expect(counts.size).toBe(62)
      // 1000 of each, with a standard deviation of 31: eight of them are no chance.
      for (const [character, count] of counts) expect(Math.abs(count - 1000), character).toBeLessThan(250)
    }
  })
})

describe('ids', () => {
  it('say of what they are', () => {
    expect(newId('cl')).toMatch(/^cl_[0-9A-Za-z]{20}$/)
    expect(newId('cl')).not.toBe(newId('cl'))
  })

  it('of requests are in the order of time, by character codes as PostgreSQL’s C collation compares, and differ within a millisecond', () => {
    const times = [1_700_000_000_000, 1_795_900_000_000, 1_795_900_000_001, 1_795_900_000_062, 62 ** 7 - 1]
    const ids = times.map((at) => newRequestId(at))
    for (const id of ids) expect(id).toMatch(/^req_[0-9A-Za-z]{20}$/)
    expect([...ids].reverse().sort((a, b) => (a < b ? -1 : 1))).toEqual(ids)
    expect(newRequestId(5)).not.toBe(newRequestId(5))
    expect(newRequestId(5).slice(0, 11)).toBe('req_0000005')
  })
})
