import { describe, expect, it } from 'vitest'
import { messagesOf, pickMessages } from './messages.ts'

/** Every text by its dotted key. */
function texts(node: unknown, prefix = ''): [string, string][] {
  if (typeof node === 'string') return [[prefix, node]]
  return Object.entries(node as object).flatMap(([key, value]) => texts(value, prefix ? `${prefix}.${key}` : key))
}

/** The names of the values and tags in a text. */
function placeholders(text: string): string[] {
  // What a plural says of one is a text in braces as well, not a value.
  const names = [...text.matchAll(/(?<!\b(?:zero|one|two|few|many|other) |=\d+ )\{(\w+)[,}]|<(\w+)>/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  return [...new Set(names)].sort()
}

describe('the texts', () => {
  const en = new Map(texts(messagesOf('en')))
  const nl = new Map(texts(messagesOf('nl')))

  it('exist in both languages', () => {
    expect([...nl.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('have the same placeholders in both languages', () => {
    const differing = [...en].filter(([key, text]) => String(placeholders(text)) !== String(placeholders(nl.get(key) ?? '')))
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('are never empty', () => {
    const empty = [...en, ...nl].filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
  })
})

describe('pickMessages', () => {
  it('hands out the namespaces that were asked for, and no others', () => {
    expect(Object.keys(pickMessages('nl', ['ui', 'no such namespace']))).toEqual(['ui'])
    expect(pickMessages('nl', ['ui']).ui).toBe(messagesOf('nl').ui)
  })
})
