import en from '#lib/i18n/en.json' with { type: 'json' }
import type { Locale } from '#lib/i18n/index.ts'
import nl from '#lib/i18n/nl.json' with { type: 'json' }

type Messages = Record<string, Record<string, unknown>>

const ALL: Record<Locale, Messages> = { en, nl }

/** All texts of a language, by namespace. */
export function messagesOf(locale: Locale): Messages {
  return ALL[locale]
}

/** Only the texts of `namespaces`: what is handed to the browser. */
export function pickMessages(locale: Locale, namespaces: readonly string[]): Messages {
  const all = messagesOf(locale)
  return Object.fromEntries(namespaces.flatMap((name) => (all[name] ? [[name, all[name]]] : [])))
}
