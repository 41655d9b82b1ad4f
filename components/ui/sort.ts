export type Direction = 'asc' | 'desc'

/** What a column's heading and the list of orders on a phone lead to. Without `direction` the list is in another order now. */
export type SortLink = { href: string; direction?: 'ascending' | 'descending' }

/**
 * The link that sorts by one column: in its `first` direction, and the other way round when the list already is in its order.
 * `now`: the order that the list is in; without a direction, the first one of its column.
 */
export function sortLink<Column extends string>(
  column: Column,
  now: { sort: Column; direction?: Direction | undefined },
  first: Direction,
  hrefOf: (sort: Column, direction: Direction) => string,
): SortLink {
  if (now.sort !== column) return { href: hrefOf(column, first) }
  const current = now.direction ?? first
  return {
    href: hrefOf(column, current === 'asc' ? 'desc' : 'asc'),
    direction: current === 'asc' ? 'ascending' : 'descending',
  }
}
