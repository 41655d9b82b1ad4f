import { describe, expect, it } from 'vitest'
import { LONGEST_DAYS, usageRange } from './range.ts'

const NOW = new Date('2026-11-24T10:20:30Z')
const iso = (date: Date) => date.toISOString().slice(0, 16)
const shape = (input: Parameters<typeof usageRange>[0], now = NOW) => {
  const { from, to, starts, step, previous, notice } = usageRange(input, now)
  return { from: iso(from), to: iso(to), buckets: starts.length, step, previous: [iso(previous.from), iso(previous.to)], notice }
}

describe('a range', () => {
  it('of 24 hours ends with the present hour, and is compared with the same hours the day before', () => {
    expect(shape({})).toEqual({
      from: '2026-11-23T11:00',
      to: '2026-11-24T11:00',
      buckets: 24,
      step: 'hour',
      previous: ['2026-11-22T11:00', '2026-11-23T11:00'],
      notice: null,
    })
  })

  it('of an hour has minutes', () => {
    expect(shape({ range: '1h' })).toMatchObject({ from: '2026-11-24T09:21', to: '2026-11-24T10:21', buckets: 60 })
  })

  it('of days has whole days, and is compared with as much of the days before', () => {
    expect(shape({ range: '30d' })).toMatchObject({
      from: '2026-10-26T00:00',
      to: '2026-11-25T00:00',
      buckets: 30,
      previous: ['2026-09-26T00:00', '2026-10-25T11:00'],
    })
    expect(shape({ range: '7d' })).toMatchObject({ from: '2026-11-18T00:00', buckets: 28, step: 'hours' })
  })

  it('has the days of the zone, also when the clocks change', () => {
    // 25 October 2026 has 25 hours in Amsterdam.
    expect(shape({ range: 'custom', from: '2026-10-25', to: '2026-10-25', zone: 'Europe/Amsterdam' })).toMatchObject({
      from: '2026-10-24T22:00',
      to: '2026-10-25T23:00',
      buckets: 25,
    })
    const week = usageRange({ range: 'custom', from: '2026-10-22', to: '2026-10-28', zone: 'Europe/Amsterdam' }, NOW)
    expect(week.starts).toHaveLength(28)
    expect(usageRange({ range: '30d', zone: 'Europe/Amsterdam' }, NOW).starts.map(iso).slice(0, 2)).toEqual([
      '2026-10-25T23:00',
      '2026-10-26T23:00',
    ])
  })

  it.each([
    ['ten years', { from: '2016-11-24', to: '2026-11-24' }, { notice: 'too_long', to: '2026-11-25T00:00' }],
    ['years ago', { from: '2016-01-01', to: '2016-01-31' }, { notice: 'too_old' }],
    ['the future', { from: '2026-11-20', to: '2036-01-01' }, { notice: 'in_future', from: '2026-11-20T00:00', to: '2026-11-25T00:00' }],
    ['all in the future', { from: '2030-01-01', to: '2036-01-01' }, { notice: 'in_future', from: '2026-11-24T00:00' }],
    ['no date', { from: "'; DROP TABLE", to: '<script>' }, { notice: 'not_a_date', to: '2026-11-25T00:00' }],
    ['no such date', { from: '2026-13-45', to: '' }, { notice: 'not_a_date' }],
    ['backwards', { from: '2026-11-20', to: '2026-11-10' }, { from: '2026-11-10T00:00', to: '2026-11-11T00:00' }],
  ])('of %s becomes the nearest that makes sense', (_, input, expected) => {
    const result = shape({ range: 'custom', ...input })
    expect(result).toMatchObject(expected)
    expect(result.buckets).toBeGreaterThan(0)
    expect(result.buckets).toBeLessThan(LONGEST_DAYS)
    expect(result.from < result.to).toBe(true)
  })

  it('takes UTC for a zone that does not exist', () => {
    expect(usageRange({ zone: 'Mars/Olympus' }, NOW).zone).toBe('UTC')
  })
})
