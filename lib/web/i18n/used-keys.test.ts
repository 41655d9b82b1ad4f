import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { messagesOf } from './messages.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** A use of a text: where, below which namespaces it may be meant, and its key. `open`: the key goes on with something only known at run time. */
type Use = { file: string; namespaces: string[]; key: string; open: boolean }

const HOOK = /\b(?:getTranslations|useTranslations)(?:<[^>]*>)?\(\s*(?:'([\w.-]*)')?\s*\)/

/** Splits what stands between brackets at its own commas. */
function parts(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let current = ''
  for (const character of text) {
    if ('([{<'.includes(character)) depth++
    if (')]}>'.includes(character)) depth--
    if (character === ',' && depth === 0) {
      found.push(current)
      current = ''
    } else current += character
  }
  return [...found, current].map((part) => part.trim())
}

/** Which variable holds the texts of which namespace. A name may be bound more than once in a file. */
function bindings(source: string): Map<string, Set<string>> {
  const bound = new Map<string, Set<string>>()
  const bind = (name: string, namespace: string) => bound.set(name, (bound.get(name) ?? new Set()).add(namespace))
  for (const match of source.matchAll(/const (\w+) = (?:await )?([^\n]+)/g)) {
    const hook = HOOK.exec(match[2] as string)
    if (hook?.index === 0) bind(match[1] as string, hook[1] ?? '')
  }
  for (const match of source.matchAll(/const \[([^\]]+)\] = await Promise\.all\(\[([\s\S]*?)\n?\s*\]\)/g)) {
    const names = parts(match[1] as string)
    for (const [index, value] of parts(match[2] as string).entries()) {
      const hook = HOOK.exec(value)
      if (hook?.index === 0) bind(names[index]?.split(':')[0] ?? '', hook[1] ?? '')
    }
  }
  // A translator handed on as a parameter names its namespace in its type.
  for (const match of source.matchAll(/\b(\w+): Awaited<ReturnType<typeof getTranslations<'([\w.-]+)'>>>/g))
    bind(match[1] as string, match[2] as string)
  return bound
}

/** Every use of a text in `source` whose key stands there, at least in part. */
function usesIn(file: string, source: string): Use[] {
  const uses: Use[] = []
  for (const [name, namespaces] of bindings(source)) {
    const call = new RegExp(`(?<![\\w.])${name}(?:\\.(?:rich|markup|raw))?\\(\\s*(?:'([^']+)'|\`([^\`$]*)(\\$\\{)?)`, 'g')
    for (const [, plain, template, placeholder] of source.matchAll(call))
      uses.push({ file, namespaces: [...namespaces], key: plain ?? template ?? '', open: placeholder !== undefined })
  }
  for (const [, key] of source.matchAll(/\btranslate\(\s*[\w.]+,\s*'([\w.-]+)'/g))
    uses.push({ file, namespaces: [''], key: key as string, open: false })
  return uses
}

/** What `messages` have at a dotted key; undefined for nothing. */
function at(messages: unknown, dotted: string): unknown {
  return dotted
    .split('.')
    .filter(Boolean)
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], messages)
}

function exists(messages: unknown, namespace: string, { key, open }: Use): boolean {
  if (!open) return typeof at(messages, `${namespace}.${key}`) === 'string'
  // Of `notices.${name}` the part before the last dot must be a group, of `step${n}` a text must begin so.
  const cut = key.lastIndexOf('.') + 1
  const group = at(messages, `${namespace}.${key.slice(0, cut)}`)
  return typeof group === 'object' && Object.keys(group as object).some((name) => name.startsWith(key.slice(cut)))
}

function missing(messages: unknown, uses: Use[]): string[] {
  const absent = uses.filter((use) => !use.namespaces.some((namespace) => exists(messages, namespace, use)))
  return absent.map(({ file, namespaces, key }) => `${file}: ${namespaces.join(' or ')} › ${key}`)
}

describe('texts that the code asks for', () => {
  const files = globSync(['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'lib/**/*.{ts,tsx}'], { cwd: ROOT }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  )
  const uses = files.flatMap((file) => usesIn(file, readFileSync(path.join(ROOT, file), 'utf8')))

  it('are there', () => {
    expect(uses.length).toBeGreaterThan(400)
    expect(missing(messagesOf('en'), uses)).toEqual([])
  })

  it('are missed when they are not', () => {
    const source = `
      const t = await getTranslations('account')
      const [a, { x }, scopes] = await Promise.all([getTranslations('common'), other(1, [2]), getTranslations('scopes')])
      t('title'); t('no.such'); a('save'); a.rich('nothing', {}); scopes(\`\${name}.title\`); t(\`profile.\${field}\`); t(\`none.\${field}\`)`
    expect(missing(messagesOf('en'), usesIn('x.tsx', source))).toEqual([
      'x.tsx: account › no.such',
      'x.tsx: account › none.',
      'x.tsx: common › nothing',
    ])
  })
})
