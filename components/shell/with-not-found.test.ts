import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const APP = path.resolve(import.meta.dirname, '../../app')
/** What ends in `notFound()` for some address or some person. */
const MAY_MISS = /\b(notFound|orNotFound|clientOfPage|requestOfPage|logOfPage|reportOfPage|teamPage|teamOfPage|operatorContext)\(/

it('has every page that may find nothing say so without JavaScript', () => {
  const bare = globSync('**/{page,layout}.tsx', { cwd: APP }).filter((file) => {
    const source = readFileSync(path.join(APP, file), 'utf8')
    const may = MAY_MISS.test(source) || (file.startsWith('(dashboard)') && file.endsWith('page.tsx'))
    const metadata = /generateMetadata[\s\S]*?\n\}/.exec(source)?.[0] ?? ''
    return (
      (may && !source.includes('export default withNotFound(')) || (MAY_MISS.test(metadata) && !metadata.includes('withNotFoundTitle('))
    )
  })
  expect(bare).toEqual([])
})
