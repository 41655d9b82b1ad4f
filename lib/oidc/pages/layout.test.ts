import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { STYLE } from './layout.ts'

const CSS = readFileSync(path.resolve(import.meta.dirname, '../../../app/globals.css'), 'utf8')

/** The colours that a block of a stylesheet sets, by their names; short forms written out. */
function coloursOf(css: string, selector: string): Record<string, string> {
  const start = css.indexOf(`${selector}{`) >= 0 ? css.indexOf(`${selector}{`) : css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  const found = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]+)/g)].map(([, name, value = '']) => [
    name,
    value.length === 4 ? value.replaceAll(/[0-9a-f]/g, '$&$&') : value,
  ])
  return Object.fromEntries(found)
}

it.each([
  [':root', ':root'],
  [':root[data-theme=dark]', ":root[data-theme='dark']"],
  [':root:not([data-theme=light])', ":root[data-theme='dark']"],
])('has the colours of the other pages in %s', (own, theirs) => {
  const colours = coloursOf(STYLE, own)
  expect(Object.keys(colours).length).toBeGreaterThan(8)
  expect(coloursOf(CSS, theirs)).toMatchObject(colours)
})
