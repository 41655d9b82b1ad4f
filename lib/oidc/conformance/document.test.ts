import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../../..')

type Row = { file: string; module: string; test: string }

/** The rows of docs/conformance.md, each with the file that its table is about. */
function rows(): Row[] {
  let file = ''
  const found: Row[] = []
  for (const line of readFileSync(path.join(ROOT, 'docs/conformance.md'), 'utf8').split('\n')) {
    file = /^File: `([^`]+)`/.exec(line)?.[1] ?? file
    const row = /^\| ([^|]+) \| `([^`]+)` \|$/.exec(line)
    if (row) found.push({ file, module: row[1] as string, test: row[2] as string })
  }
  return found
}

describe('docs/conformance.md', () => {
  it('names tests that exist', () => {
    const missing = rows().filter(({ file, test }) => !readFileSync(path.join(ROOT, file), 'utf8').includes(test))
    expect(missing).toEqual([])
    expect(rows().length).toBeGreaterThan(70)
  })
})
