export const LOCALES = ['en', 'nl'] as const

export type Locale = (typeof LOCALES)[number]

/** Whether `value` is a language that this installation speaks. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale)
}

/**
 * The best language for an `Accept-Language` header (RFC 9110 §12.5.4), English when none fits. `preferred` (a person's own
 * setting, or OpenID Connect's `ui_locales`) wins when we speak it.
 */
export function negotiateLocale(acceptLanguage: string | null | undefined, ...preferred: (string | null | undefined)[]): Locale {
  for (const tag of preferred) {
    const base = tag?.toLowerCase().split('-')[0]
    if (isLocale(base)) return base
  }
  let best: Locale = 'en'
  let bestWeight = 0
  for (const part of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters
      .find((p) => p.trim().startsWith('q='))
      ?.trim()
      .slice(2)
    const weight = quality === undefined ? 1 : Number(quality)
    const base = range.split('-')[0]
    if (isLocale(base) && weight > bestWeight) {
      best = base
      bestWeight = weight
    }
  }
  return best
}
