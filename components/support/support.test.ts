import { describe, expect, it } from 'vitest'
import en from '#lib/i18n/en.json' with { type: 'json' }
import nl from '#lib/i18n/nl.json' with { type: 'json' }
import { pageAddresses } from '#lib/testing/app-pages.ts'
import { DOC_PAGES } from '../docs/pages.ts'
import { findQuestions } from './find-questions.ts'
import { SUPPORT_AREAS, SUPPORT_QUESTIONS, SUPPORT_TAGS } from './questions.ts'

const texts = (of: typeof en) => (id: string, part: 'q' | 'a') =>
  (of.support.questions as Record<string, { q: string; a: string }>)[id]?.[part] ?? ''
const find = (query: string, tag: string | null = null, of = en) => findQuestions({ query, tag }, texts(of)).map(({ id }) => id)

describe('the questions of the support page', () => {
  it('have words in both languages, and an area', () => {
    for (const { id, area } of SUPPORT_QUESTIONS) {
      for (const words of [texts(en), texts(nl as typeof en)]) expect([words(id, 'q'), words(id, 'a')], id).not.toContain('')
      expect(SUPPORT_AREAS).toContain(area)
    }
    expect(Object.keys(en.support.questions).sort()).toEqual(SUPPORT_QUESTIONS.map(({ id }) => id).sort())
  })

  it('lead to pages that exist', () => {
    const routes = pageAddresses('**/page.tsx')
    const exists = (href: string) => routes.includes(href) || DOC_PAGES.some((page) => href === `/docs/${page}`)
    const links = SUPPORT_QUESTIONS.flatMap(({ docs, page }) => [docs ?? '/docs', page])
    expect(links.filter((href) => !exists(href))).toEqual([])
  })
})

describe('searching', () => {
  it('finds by words, whatever their case and accents, in the person’s language', () => {
    expect(find('WEBHOOKS')).toEqual(['webhooks'])
    expect(find('secret leaked')).toContain('rotate')
    expect(find('verifieren', null, nl as typeof en)).toContain('local')
    expect(find('zebra')).toEqual([])
    expect(find('  ').length).toBe(SUPPORT_QUESTIONS.length)
  })

  it('narrows by tag', () => {
    for (const tag of SUPPORT_TAGS) expect(find('', tag).length).toBeGreaterThan(0)
    expect(find('', 'tickets')).toEqual(['reach'])
    expect(find('token', 'tickets')).toEqual([])
  })
})
