import { describe, expect, it } from 'vitest'
import { linesOf, rowsOf, WaitingLines } from './waiting-lines.ts'

const CHUNK = 200

function filled(count: number): WaitingLines {
  const lines = new WaitingLines()
  for (let n = 0; n < count; n++) lines.add(`line ${n}`)
  return lines
}

describe('lines that wait', () => {
  it('come out as they went in, oldest first', () => {
    const lines = new WaitingLines()
    const given = ['', 'a\tb', 'é ü 漢字 😀', '\\N\\t', 'x'.repeat(300_000), '漢'.repeat(100_000), 'last']
    for (const line of given) lines.add(line)
    expect(lines.rows).toBe(given.length)
    expect(linesOf(lines.take(given.length))).toEqual(given)
    expect(lines.rows).toBe(0)
    expect(lines.take(1)).toEqual([])
  })

  it('are taken by whole chunks, at least as many as asked for', () => {
    const lines = filled(CHUNK * 2 + 50)
    const first = lines.take(CHUNK + 1)
    expect(rowsOf(first)).toBe(CHUNK * 2)
    expect(lines.rows).toBe(50)
    expect(linesOf(lines.take(CHUNK))).toEqual(Array.from({ length: 50 }, (_, n) => `line ${CHUNK * 2 + n}`))
  })

  it('go back before those that came since', () => {
    const lines = filled(CHUNK)
    const taken = lines.take(CHUNK)
    lines.add('later')
    lines.putBack(taken)
    expect(lines.rows).toBe(CHUNK + 1)
    expect(linesOf(lines.take(CHUNK + 1)).at(-1)).toBe('later')
  })

  it('give way oldest first, and tell how many did', () => {
    const lines = filled(CHUNK * 3)
    expect(lines.keep(CHUNK * 3)).toBe(0)
    expect(lines.keep(CHUNK * 2 - 1)).toBe(CHUNK * 2)
    expect(linesOf(lines.take(CHUNK))[0]).toBe(`line ${CHUNK * 2}`)
  })

  it('use the memory of written ones again, and nothing of what was in it', () => {
    const lines = new WaitingLines()
    for (let n = 0; n < CHUNK * 2; n++) lines.add('a long line that was here before')
    const written = lines.take(CHUNK * 2)
    lines.release(written)
    lines.add('b')
    const [chunk] = lines.take(1)
    expect(written.map(({ bytes }) => bytes)).toContain(chunk?.bytes)
    expect(linesOf(chunk ? [chunk] : [])).toEqual(['b'])
  })
})
