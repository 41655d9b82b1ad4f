import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '#lib/i18n/en.json' with { type: 'json' }
import { LOCALES } from '#lib/i18n/index.ts'
import nl from '#lib/i18n/nl.json' with { type: 'json' }
import { ERRORS } from './error-codes.ts'
import { slugOf } from './here.ts'
import { DOC_PAGES, type DocPage } from './pages.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (locale: string, page: string) => readFileSync(path.join(import.meta.dirname, 'content', locale, `${page}.mdx`), 'utf8')
const fences = (text: string) => [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => `${language}\n${code}`)
const headings = (text: string) =>
  [...text.replace(/^```.*?^```$/gms, '').matchAll(/^(##+) (.+)$/gm)].map(([, marks, words]) => ({
    level: marks?.length,
    words: words ?? '',
  }))
const components = (text: string) => [...text.matchAll(/^<(\w+)([^>]*)\/>$/gm)].map(([tag]) => tag)

/** Every code that an answer of this server may carry, as the sources have them. */
function codesInSources(): string[] {
  const files = globSync(['lib/api/**/*.ts', 'lib/http/*.ts', 'lib/gate/**/*.ts', 'lib/errors.ts', 'lib/connections/*.ts'], { cwd: ROOT })
  const codes = files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const source = readFileSync(path.join(ROOT, file), 'utf8')
      const thrown = [...source.matchAll(/(?:new ApiError\(|answerError\(res, |refuse\(res, |return \[|: \[)\s*\d{3},\s*'(\w+)'/g)]
      const named = file === 'lib/errors.ts' ? [...source.matchAll(/^ {2}\| '(\w+)'$/gm)] : []
      const table = file === 'lib/gate/codes.ts' ? [...source.matchAll(/^ {2}(\w+): \d{3},$/gm)] : []
      return [...thrown, ...named, ...table].map(([, code]) => code as string)
    })
  return [...new Set(codes)].sort()
}

describe('the documentation of errors', () => {
  const entries = Object.values(ERRORS).flat()

  it('has an anchor for every code that an answer may carry', () => {
    const found = codesInSources()
    // The search itself must not have gone blind.
    expect(found).toEqual(
      expect.arrayContaining(['ip_not_allowed', 'invalid_json', 'token_invalid', 'internal_error', 'body_too_large', 'headers_too_large']),
    )
    const documented = entries.map(({ code }) => code)
    expect(found.filter((code) => !documented.includes(code))).toEqual([])
    expect(new Set(documented).size).toBe(documented.length)
  })

  it('says in every language what each means and what helps', () => {
    for (const { docs } of [en, nl]) {
      const texts: Record<string, { means: string; fix: string }> = docs.errors
      expect(Object.keys(texts).sort()).toEqual(entries.map(({ code }) => code).sort())
    }
  })

  it('shows every group', () => {
    for (const locale of LOCALES)
      expect(components(read(locale, 'errors')).map((tag) => /group="(\w+)"/.exec(tag)?.[1])).toEqual(Object.keys(ERRORS))
  })
})

describe('the pages', () => {
  it.each(DOC_PAGES)('%s says the same in both languages: headings, code, components', (page) => {
    const [english, dutch] = [read('en', page), read('nl', page)]
    expect(fences(dutch)).toEqual(fences(english))
    expect(headings(dutch).map(({ level }) => level)).toEqual(headings(english).map(({ level }) => level))
    expect(components(dutch)).toEqual(components(english))
    expect(dutch).not.toBe(english)
  })

  it('link to pages and headings that exist', () => {
    const broken: string[] = []
    const codes = Object.values(ERRORS)
      .flat()
      .map(({ code }) => code)
    for (const locale of LOCALES) {
      const anchors = (page: string) => [
        ...headings(read(locale, page)).map(({ words }) => slugOf(words)),
        ...(page === 'errors' ? codes : []),
      ]
      for (const page of DOC_PAGES) {
        for (const [, target = ''] of read(locale, page).matchAll(/\]\((\/docs[^)]*|#[^)]*)\)/g)) {
          const [where = '', anchor] = target.split('#')
          const other = where === '' ? page : where.replace('/docs/', '')
          const exists = (DOC_PAGES as readonly string[]).includes(other)
          if (!exists || (anchor && !anchors(other as DocPage).includes(anchor))) broken.push(`${locale} ${page}: ${target}`)
        }
      }
    }
    expect(broken).toEqual([])
  })
})
