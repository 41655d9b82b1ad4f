import en from './en.json' with { type: 'json' }
import type { Locale } from './locale.ts'
import nl from './nl.json' with { type: 'json' }

const ALL: Record<Locale, unknown> = { en, nl }

/**
 * A text by its dotted key, with `{name}` replaced from `params`. For what is said outside React: pages of the provider, mails, the
 * CLI. @throws Error for a key that does not exist, so that a test finds it.
 */
export function translate(locale: Locale, key: string, params: Record<string, string | number> = {}): string {
  let node: unknown = ALL[locale]
  for (const part of key.split('.')) node = (node as Record<string, unknown> | undefined)?.[part]
  if (typeof node !== 'string') throw new Error(`no text ${key} in ${locale}`)
  return node.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** Whether a text exists. */
export function hasText(locale: Locale, key: string): boolean {
  try {
    translate(locale, key)
    return true
  } catch {
    return false
  }
}
