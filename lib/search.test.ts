import { describe, expect, it } from 'vitest'
import { pool } from './db.ts'
import { likePattern, searchText } from './search.ts'
import { useTestDatabase } from './testing/database.ts'

useTestDatabase()

describe('a search', () => {
  it.each([
    ['  Shop ', 'Shop'],
    ['a\0b', 'ab'],
    ['\0', ''],
  ])('%j looks for %j', (typed, text) => {
    expect(searchText.parse(typed)).toBe(text)
  })

  it('has an end', () => {
    expect(searchText.safeParse('x'.repeat(201)).success).toBe(false)
  })

  it.each([
    ['100% sure', '100%', true],
    ['100 sure', '100%', false],
    ['a_b', 'a_b', true],
    ['axb', 'a_b', false],
    ['a\\b', 'a\\b', true],
    ['anything', '%', false],
    ['anything', '_', false],
    ['anything', '\\', false],
    ['anything', '', true],
  ])('in %j for %j: %s', async (name, search, found) => {
    const { rows } = await pool().query('SELECT $1::text ILIKE $2 AS found', [name, likePattern(search)])
    expect(rows).toEqual([{ found }])
  })
})
