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

/** The dotted keys of all texts in `node`. */
function keysOf(node: object, above = ''): string[] {
  return Object.entries(node).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${above}${name}`] : keysOf(value as object, `${above}${name}.`),
  )
}

/** What calls of one translator ask for. `byName`: some name it by a variable. */
type Asked = { prefix: string; plain: Set<string>; patterns: RegExp[]; byName: boolean }

/** The first argument of every call of `translator`. */
function keysGiven(source: string, translator: string): string[] {
  const calls = source.matchAll(new RegExp(`(?<![\\w.])${translator}(?:\\.(?:rich|markup|raw))?\\(`, 'g'))
  return [...calls].map(({ index, 0: { length } }) => {
    let end = index + length
    for (let depth = 1; depth > 0 && end < source.length; end++) {
      if ('([{'.includes(source[end] as string)) depth++
      if (')]}'.includes(source[end] as string)) depth--
    }
    return parts(source.slice(index + length, end - 1))[0] ?? ''
  })
}

/** What an expression for a key comes down to: its alternatives, without the conditions. */
function alternatives(key: string): string[] {
  if (/^`[^`]*`$/.test(key)) return [key]
  const pieces = key.split(/\s(\?\??|:)\s/)
  return pieces.filter((_, at) => at % 2 === 0 && pieces[at + 1] !== '?').map((piece) => piece.replaceAll(/^\(+|\)+$/g, ''))
}

/** A template's fixed parts as a pattern of the keys that it may become. */
function patternOf(template: string): RegExp {
  const fixed = template.split(/\$\{[^{}]*\}/)
  return new RegExp(`^${fixed.map((text) => text.replaceAll('.', '\\.')).join('[\\w.-]+')}$`)
}

function asked(source: string): Asked[] {
  const atOnce = [...source.matchAll(/\(await getTranslations\('([\w.-]+)'\)\)\('([\w.-]+)'/g)]
  return [
    ...atOnce.map(([, namespace, key]) => ({ prefix: `${namespace}.`, plain: new Set([key as string]), patterns: [], byName: false })),
    ...[...bindings(source)].flatMap(([name, namespaces]) => {
      const given = keysGiven(source, name).flatMap(alternatives)
      const plain = new Set(given.flatMap((piece) => /^'([\w.-]+)'$/.exec(piece)?.[1] ?? []))
      const patterns = given.filter((piece) => piece.startsWith('`')).map((piece) => patternOf(piece.slice(1, -1)))
      const byName = given.some((piece) => /^[A-Za-z_]/.test(piece))
      return [...namespaces].map((namespace) => ({ prefix: namespace && `${namespace}.`, plain, patterns, byName }))
    }),
  ]
}

/**
 * Texts that are looked up by a code of the server: what a Server Action did or refused (lib/web/action.ts), log-in forms, audit events, mails,
 * and the explorer's phrases, which are found by their English.
 */
const BY_CODE = /(^|\.)(notices|errors|fields)\.|^audit\.actions\.|^mail\.|^explain\.phrases\./

/** The texts that no file asks for: neither by their key, nor by a template that may become it, nor by a variable that may hold it. */
function unused(messages: object, sources: readonly string[]): string[] {
  const all = sources.flatMap(asked)
  // What a variable may hold stands somewhere, between quotes or as the name of a member.
  const words = new Set(
    sources.flatMap((source) => [...source.matchAll(/['"`]([\w.-]+)['"`]|\b(\w+):/g)].map(([, text, name]) => text ?? name)),
  )
  // Whole keys in the making, as `oidc.error.${reason}.title`.
  const whole = sources.flatMap((source) =>
    [...source.matchAll(/`([a-z]\w*\.[\w.-]*\$\{[^`]*)`/g)].map(([, template]) => patternOf(template as string)),
  )
  return keysOf(messages).filter((key) => {
    if (BY_CODE.test(key) || words.has(key) || whole.some((pattern) => pattern.test(key))) return false
    return !all.some(({ prefix, plain, patterns, byName }) => {
      if (!key.startsWith(prefix)) return false
      const rest = key.slice(prefix.length)
      return plain.has(rest) || patterns.some((pattern) => pattern.test(rest)) || (byName && words.has(rest))
    })
  })
}

describe('texts that the code asks for', () => {
  const files = globSync(['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'lib/**/*.{ts,tsx}'], { cwd: ROOT }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  )
  const sources = files.map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
  const uses = files.flatMap((file, index) => usesIn(file, sources[index] as string))

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

  it('are all that there are', () => {
    expect(unused(messagesOf('en'), sources)).toEqual([])
  })

  it('are told from those that nothing asks for', () => {
    const source = `
      const t = await getTranslations('account')
      const tabs = useTranslations('account.tabs')
      t(any ? 'title' : 'description'); t(\`sessions.\${name}\`); tabs(tab); tab = 'data'; translate(locale, 'scopes.email.title')`
    const messages = {
      account: { title: '', description: '', other: '', sessions: { end: '' }, tabs: { data: '', deeper: { text: '' } } },
      scopes: { email: { title: '', text: '' } },
    }
    expect(unused(messages, [source])).toEqual(['account.other', 'account.tabs.deeper.text', 'scopes.email.text'])
  })
})
