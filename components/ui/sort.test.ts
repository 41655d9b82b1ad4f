import { describe, expect, it } from 'vitest'
import { sortLink } from './sort.ts'

const href = (sort: string, direction: string) => `/list?sort=${sort}&dir=${direction}`

describe('sortLink', () => {
  it.each([
    ['name', { sort: 'created' }, 'asc', { href: '/list?sort=name&dir=asc' }],
    ['created', { sort: 'name', direction: 'desc' }, 'desc', { href: '/list?sort=created&dir=desc' }],
    ['name', { sort: 'name' }, 'asc', { href: '/list?sort=name&dir=desc', direction: 'ascending' }],
    ['name', { sort: 'name', direction: 'desc' }, 'asc', { href: '/list?sort=name&dir=asc', direction: 'descending' }],
    ['created', { sort: 'created' }, 'desc', { href: '/list?sort=created&dir=asc', direction: 'descending' }],
  ] as const)('%s in a list of %o, first %s', (column, now, first, expected) => {
    expect(sortLink<string>(column, now, first, href)).toEqual(expected)
  })
})
