import { expect, it } from 'vitest'
import { isDocPage } from '#components/docs/pages.ts'
import { pageAddresses } from '#lib/testing/app-pages.ts'
import { PAGES } from './pages.ts'

/** The addresses of the pages in the folders of `app`, without those that name one thing. */
const addresses = pageAddresses('(dashboard)/**/page.tsx', '(account)/**/page.tsx', '(site)/{docs,support}/**/page.tsx').filter(
  (address) => !address.includes('['),
)

it('knows every page that a person may go to, but for the search that it is itself', () => {
  const known = PAGES.map(({ href }) => href).filter((href) => !isDocPage(href.replace('/docs/', '')))
  expect(known.sort()).toEqual(addresses.filter((address) => address !== '/search').sort())
})

it('marks what is for operators', () => {
  for (const { href, operator = false } of PAGES) expect(operator, href).toBe(href.startsWith('/operator'))
})
