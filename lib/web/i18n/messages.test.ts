import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { messagesOf, pickMessages } from './messages.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')

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

/** Dutch that the list of words in docs/ARCHITECTURE.md has another word for. */
const OTHER_DUTCH: [RegExp, string][] = [
  [/toegangstoken|vernieuwingstoken|(access|refresh)-token/i, 'access token, refresh token'],
  [/eindpunt/i, 'endpoint'],
  [/permissie/i, 'recht'],
  [/live domein|livedomein|live secret|livesecret|livemodus|test-secret|test-domein|test-modus/i, 'live-domein, testsecret, …'],
  [/toepassing/i, 'app, applicatie'],
  [/logboek/i, 'log'],
  [/\brequests?\b(?![- ]?(uri|id|_))/i, 'verzoek'],
  [/native app/i, 'app op een apparaat'],
  [/\w'\w/, '’'],
]

describe('the Dutch', () => {
  const docs = globSync('components/docs/content/nl/*.mdx', { cwd: ROOT }).map((file): [string, string] => [
    file,
    // What is code is not Dutch.
    readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/```[\s\S]*?```|`[^`]*`|\]\([^)]*\)|<[A-Z][^>]*>|^(import|export) .*$/gm, ''),
  ])

  it.each(OTHER_DUTCH)('does not say %s', (pattern) => {
    const names = new Set(['quickstart.snippets.pythonMachine', 'support.tickets.requestIdHint', 'support.questions.why-failed.a'])
    // Names of values and of components are not Dutch either.
    const said = [...texts(messagesOf('nl')), ...docs]
      .map(([where, text]): [string, string] => [where, text.replaceAll(/\{\w+(?=[,}])/g, '{')])
      .filter(([where, text]) => !names.has(where) && pattern.test(text))
    expect(said.map(([where, text]) => `${where}: ${pattern.exec(text)?.[0]}`)).toEqual([])
  })
})

describe('pickMessages', () => {
  it('hands out the namespaces that were asked for, and no others', () => {
    expect(Object.keys(pickMessages('nl', ['ui', 'no such namespace']))).toEqual(['ui'])
    expect(pickMessages('nl', ['ui']).ui).toBe(messagesOf('nl').ui)
  })
})
