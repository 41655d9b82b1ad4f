import { describe, expect, it } from 'vitest'
import { listHref, listInput, readListQuery } from './list-query.ts'

describe('the address of the list', () => {
  it('says what is asked, and survives the way there and back', () => {
    const query = readListQuery({ q: 'shöp & co', status: 'disabled', type: 'spa', sort: 'name', dir: 'desc', cursor: 'abc' })
    const href = listHref(query, { cursor: 'def' })
    expect(readListQuery(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual({ ...query, cursor: 'def' })
    expect(listInput(query, 'tm_1')).toEqual({
      teamId: 'tm_1',
      limit: 25,
      search: 'shöp & co',
      status: 'disabled',
      type: 'spa',
      sort: 'name',
      direction: 'desc',
      cursor: 'abc',
    })
  })

  it('begins at the first page when anything else changes', () => {
    expect(listHref({ team: 'tm_1', q: 'a', cursor: 'x' }, { mode: 'live' })).toBe('/clients?team=tm_1&q=a&mode=live')
    expect(listHref({ status: 'active', cursor: 'x' }, { status: undefined })).toBe('/clients')
  })

  it('leaves out what it does not know', () => {
    const read = readListQuery({ status: 'gone', mode: ['live', 'test'], sort: '__proto__', dir: '', q: ['', 'x'], team: 'x'.repeat(300) })
    expect(read).toMatchObject({ status: undefined, mode: 'live', sort: undefined, dir: undefined, q: undefined })
    expect(read.team).toHaveLength(100)
  })
})
