import { afterEach, expect, it, vi } from 'vitest'
import { db, pool } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { countRate, writeRates } from './index.ts'

useTestDatabase()
afterEach(() => vi.restoreAllMocks())

const written = (clientId: string) =>
  db().clientRate.findMany({ where: { clientId }, orderBy: { slot: 'asc' }, select: { slot: true, requests: true } })

const [first, second] = [new Date('2026-11-29T10:00:00Z'), new Date('2026-11-29T10:05:00Z')]
const within = (slot: Date, seconds: number) => new Date(slot.getTime() + seconds * 1000)

it('counts by slots of five minutes, also when the clock jumps back and forth', async () => {
  for (const at of [within(first, 1), within(second, 0), within(first, 299), within(second, 4), within(second, 5)]) countRate('cl_jump', at)
  countRate('cl_other', first)
  await writeRates()
  await writeRates()
  expect(await written('cl_jump')).toEqual([
    { slot: first, requests: 2 },
    { slot: second, requests: 3 },
  ])
  expect(await written('cl_other')).toEqual([{ slot: first, requests: 1 }])
})

it('keeps what could not be written for the next time', async () => {
  countRate('cl_late', first)
  countRate('cl_late', second)
  vi.spyOn(pool(), 'query').mockImplementationOnce(() => Promise.reject(new Error('away')) as never)
  await expect(writeRates()).rejects.toThrow('away')
  countRate('cl_late', second)
  countRate('cl_late', first)
  await writeRates()
  expect(await written('cl_late')).toEqual([
    { slot: first, requests: 2 },
    { slot: second, requests: 2 },
  ])
})
